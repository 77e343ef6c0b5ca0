/*
How things look on this terminal: its theme and its signs, for every component.
*/
import {createContext, useContext} from 'react';
import {type Glyphs, glyphsFor, unicodeGlyphs} from './glyphs.ts';
import {colorDepth, createTheme, type Theme, themeName} from './theme.ts';

export type Look = {readonly theme: Theme; readonly glyphs: Glyphs};

const LookContext = createContext<Look>({theme: createTheme('plain', 0), glyphs: unicodeGlyphs});

export const LookProvider = LookContext.Provider;

export function useLook(): Look {
	return useContext(LookContext);
}

/** The look for a terminal with this environment. */
export function lookFor(env: Readonly<Record<string, string | undefined>>, theme?: string): Look {
	return {theme: createTheme(themeName(theme, env), colorDepth(env)), glyphs: glyphsFor(env)};
}
