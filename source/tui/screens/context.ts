import {createContext, useContext} from 'react';
import {type BrowserEnd, type BrowserOptions} from '../open-browser.ts';

export type BrowserControl = {
	readonly options: BrowserOptions;
	/** Closes the browser with what is to be done next. */
	readonly onEnd: (end: BrowserEnd) => void;
};

export const BrowserContext = createContext<BrowserControl | undefined>(undefined);

/** The browser that a screen belongs to. */
export function useBrowser(): BrowserControl {
	const control = useContext(BrowserContext);
	if (!control) {
		throw new Error('A screen of the browser stands outside of it.');
	}

	return control;
}
