import {plainText} from '../../../logs/styled-text.ts';
import {type ViewedProc} from '../../../results/benchmark-view.ts';
import {type Glyphs} from '../../glyphs.ts';
import {type Line, segment, spread, type Tone} from '../../text/line.ts';
import {shortNumber} from '../../text/quantity.ts';
import {windowOn} from '../../text/window.ts';
import {selectedLine} from '../row-style.ts';
import {type Item} from './item.ts';

type ProcLook = {
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly isRunning: boolean;
	/** Whether the sizes of stdout and stderr are told in words, as numbers alone, or not. */
	readonly sizes: 'told' | 'bare' | 'none';
};

// The sign, a return code and both sizes with their words.
const sizesWidth = 30;

/** The procs with return codes and sizes, then the files. */
export function itemLines(
	items: readonly Item[],
	cursor: number,
	{glyphs, width, height, isRunning}: {readonly glyphs: Glyphs; readonly width: number; readonly height: number; readonly isRunning: boolean},
): readonly Line[] {
	const {from, to} = windowOn({length: items.length, height, cursor, from: Math.max(0, cursor - Math.floor(height / 2))});
	const longest = Math.max(0, ...items.map(one => (one.kind === 'proc' ? one.proc.label.length : 0)));
	// Words where no label is cut for them.
	const sizes = width >= longest + sizesWidth ? 'told' : (width >= 30 ? 'bare' : 'none');
	return items.slice(from, to).map((item, index): Line => {
		const line =
			item.kind === 'proc'
				? procLine(item.proc, {glyphs, width, isRunning, sizes})
				: spread([segment(`   ${plainText(item.name)}`, 'muted')], [segment(' ')], width);
		return from + index === cursor ? selectedLine(line, width) : line;
	});
}

function procLine(proc: ViewedProc, {glyphs, width, isRunning, sizes}: ProcLook): Line {
	const [sign, tone] = procSign(proc, isRunning, glyphs);
	const {returncode, outBytes, errBytes} = proc;
	const [out, error] = [bytesText(outBytes), bytesText(errBytes)];
	const texts = {told: `out ${out}  err ${error} `, bare: ` ${out}  ${error} `, none: ''};
	return spread([segment(` ${sign} `, tone), segment(plainText(proc.label))], [segment(`${returncode ?? ''}  `, tone === 'bad' ? 'bad' : 'faint'), segment(texts[sizes], 'faint')], width);
}

/** Ended well, badly, by benchdeck, or still there. The reference harness writes -1 for what it killed. */
function procSign({returncode, ended, exitedAt}: ViewedProc, isRunning: boolean, {done, failed, live, ended: stopped}: Glyphs): readonly [string, Tone] {
	if (returncode === undefined) {
		return exitedAt === undefined && isRunning ? [live, 'accent'] : [stopped, 'faint'];
	}

	if (returncode === 0) {
		return [done, 'good'];
	}

	return ended === true || (ended === undefined && returncode < 0) ? [stopped, 'faint'] : [failed, 'bad'];
}

function bytesText(bytes: number | undefined): string {
	return (bytes === undefined ? '-' : shortNumber(bytes)).padStart(5);
}
