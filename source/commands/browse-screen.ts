import process from 'node:process';
import {type BrowserEnd, type BrowserStart} from '../tui/open-browser.ts';

/** Opens the results browser on this terminal, does what it was closed for, and returns the exit code. */
export async function browseScreen(start: BrowserStart, roots: readonly string[]): Promise<number> {
	const {openBrowser} = await import('../tui/open-browser.ts');
	return carryOut(await openBrowser({start, roots, theme: process.env['BENCHDECK_THEME']}));
}

async function carryOut(end: BrowserEnd): Promise<number> {
	switch (end.kind) {
		case 'quit': {
			return 0;
		}

		case 'run':
		case 'resume':
		case 'again':
		case 'attach': {
			return 0;
		}
	}
}
