import {type BrowserEnd, type BrowserOptions} from '../open-browser.ts';
import {openScreen} from '../terminal/open-screen.tsx';
import {Browser} from './browser.tsx';
import {loadInnerScreens} from './later-screen.tsx';

/** Shows the browser and says what a person wants next. */
export async function showBrowser(options: BrowserOptions): Promise<BrowserEnd> {
	if (options.start.kind === 'suite' || options.start.kind === 'benchmark') {
		await loadInnerScreens();
	}

	const end = await openScreen<BrowserEnd>(answer => <Browser options={options} onEnd={answer}/>, options);
	return end.kind === 'answered' ? end.answer : {kind: 'quit'};
}
