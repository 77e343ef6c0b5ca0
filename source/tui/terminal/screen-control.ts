import {createContext, useContext} from 'react';
import {type Look} from '../look.ts';
import {type Painter} from './painter.ts';

/** The terminal that a screen is on, for what is more than drawing: OSC 52, a title. */
export type ScreenControl = {
	readonly stdout: NodeJS.WriteStream;
	readonly look: Look;
	readonly screenReader: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Draws what `Rows` shows; undefined for a screen reader, which Ink speaks to. */
	readonly painter: Painter | undefined;
	/** Writes a sequence that does not draw. */
	write(text: string): void;
};

export const ScreenContext = createContext<ScreenControl | undefined>(undefined);

/** The screen's control; undefined where an element is rendered to a string. */
export function useScreen(): ScreenControl | undefined {
	return useContext(ScreenContext);
}
