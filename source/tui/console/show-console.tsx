import {type ConsoleEnd, type ConsoleOptions} from '../open-console.ts';
import {openScreen} from '../terminal/open-screen.tsx';
import {ConsoleScreen} from './console-screen.tsx';

/** Shows the console and says how it ended. */
export async function showConsole(options: ConsoleOptions): Promise<ConsoleEnd> {
	const end = await openScreen<ConsoleEnd>(answer => <ConsoleScreen options={options} onEnd={answer}/>, options);
	return end.kind === 'answered' ? end.answer : {kind: 'detached'};
}
