import {type ByteSource} from '../../core/byte-source.ts';
import {type ScreenControl} from '../terminal/screen-control.ts';
import {plainText} from '../text/line.ts';
import {copySequence} from './clipboard.ts';
import {baseScreen, type ConsoleView} from './console-frame.tsx';
import {logLines} from './log-lines.ts';
import {type LogName} from './log-shelf.ts';
import {type ConsoleParts} from './use-console.ts';

type CopyParts = Pick<ConsoleParts, 'options' | 'logs'> & {
	readonly view: ConsoleView;
	readonly screen: ScreenControl;
	/** The log whose lines, path or process is meant. */
	readonly active: LogName;
	readonly notice: (text: string) => void;
};

/** Copies the visible text (`t`), the command (`c`) or the path (`p`) of a pane through the terminal, and says what. */
export async function copyFromPane(what: 't' | 'c' | 'p', {options, logs, view, screen, active, notice}: CopyParts): Promise<void> {
	const {model, state} = view;
	const put = (text: string, words: string) => {
		const {sequence, isCut} = copySequence(text);
		screen.write(sequence);
		notice(`${words} copied through OSC 52${isCut ? ', its first 75 kB' : ''}.`);
	};

	switch (what) {
		case 't': {
			const {grid} = view.plan;
			const isZoomed = baseScreen(model.screen) === 'zoomed';
			const place = view.plan.shown.findIndex(({label}) => label === active.label);
			const height = isZoomed ? view.rows - 2 : (grid.heights[Math.floor(place / grid.columns)] ?? view.rows) - 1;
			const lines = logLines(logs.snapshot(active), {width: 10_000, height, isWrapped: false, hasTimes: model.hasTimes ?? true, shift: 0}, screen.look.glyphs);
			put(lines.map(line => plainText(line).slice(1)).join('\n') + '\n', `${lines.length} lines of ${active.label}'s std${active.stream}`);
			return;
		}

		case 'p': {
			put(`${state.directory}/${active.benchmark}/${active.label}_${active.stream}.txt`, `The path of ${active.label}_${active.stream}.txt`);
			return;
		}

		case 'c': {
			const text = await readWhole(options.sources.file(active.benchmark, `${active.label}_cmd.txt`));
			put(text.trimEnd(), `The command of ${active.label}`);
		}
	}
}

// A command is short: a megabyte holds the longest that a system takes.
async function readWhole(source: ByteSource): Promise<string> {
	try {
		return new TextDecoder().decode(await source.read(0, 1_000_000));
	} finally {
		await source.close();
	}
}
