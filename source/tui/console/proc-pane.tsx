import {Box} from 'ink';
import {memo, useMemo, useSyncExternalStore} from 'react';
import {type BenchmarkState, type ProcState} from '../../core/state.ts';
import {Rows} from '../components/rows.tsx';
import {type Glyphs} from '../glyphs.ts';
import {useLook} from '../look.ts';
import {titleRule} from '../components/dialog.tsx';
import {type Line, lineOf, segment} from '../text/line.ts';
import {logLines, type LogLook} from './log-lines.ts';
import {type LogName} from './log-shelf.ts';
import {type LogSnapshot} from './log-snapshot.ts';
import {mergedLog} from './merged-log.ts';
import {type Streams} from './model.ts';
import {logStateLine, procTitle} from './proc-title.ts';
import {procStatus} from './select.ts';

/** Where panes get their lines: a shelf of open logs, or fixed ones. */
export type LogReader = {
	subscribe(listener: () => void): () => void;
	snapshot(name: LogName): LogSnapshot;
};

type ProcPaneProps = {
	readonly logs: LogReader;
	readonly proc: ProcState;
	readonly benchmark: BenchmarkState;
	readonly place: number;
	readonly isFocused: boolean;
	readonly now: number;
	readonly at?: number;
	readonly streams: Streams;
	readonly width: number;
	readonly height: number;
	readonly isWrapped: boolean;
	readonly hasTimes: boolean;
	readonly shift: number;
};

// How exactly the time is known that completes the times of lines.
const quantumMs = 60_000;

/** A process: its title, and what it writes. */
export const ProcPane = memo((props: ProcPaneProps) => {
	const {logs, proc, benchmark, streams, width, height, isWrapped, hasTimes, shift, at, now} = props;
	const {glyphs} = useLook();
	const out = useSyncExternalStore(logs.subscribe, () => logs.snapshot({benchmark: benchmark.id, label: proc.label, stream: 'out'}));
	const error = useSyncExternalStore(logs.subscribe, () => logs.snapshot({benchmark: benchmark.id, label: proc.label, stream: 'err'}));
	const isDead = procStatus(proc, benchmark, at) === 'died';
	const active = activeStream(streams, out, error, isDead) === 'err' ? error : out;
	const title = procTitle(props, [...logStateLine(active), ...(streams === 'both' ? [] : [segment(` std${streams}`, 'muted')])], glyphs);
	// The clock in the title ticks; the lines below it need no new drawing for that.
	const endedAt = proc.exitedAt ?? Math.ceil(now / quantumMs) * quantumMs;
	const body = useMemo(
		() => paneLines({out, err: error, streams, isDead, startedAt: proc.startedAt, endedAt}, {width, height: height - 1, isWrapped, hasTimes, shift}, glyphs),
		[out, error, streams, isDead, proc.startedAt, endedAt, width, height, isWrapped, hasTimes, shift, glyphs],
	);
	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0}>
			<Rows lines={[title]} width={width}/>
			<Rows lines={body} width={width} height={height - 1}/>
		</Box>
	);
});

ProcPane.displayName = 'ProcPane';

/** The stream that keys move in: the one that was chosen; of both, stdout, save where it is empty or the process has died. */
export function activeStream(streams: Streams, out: LogSnapshot, error: LogSnapshot, isDead: boolean): 'out' | 'err' {
	if (streams !== 'both') {
		return streams;
	}

	return error.size > 0 && (out.size === 0 || isDead) ? 'err' : 'out';
}

type PaneView = {readonly out: LogSnapshot; readonly err: LogSnapshot; readonly streams: Streams; readonly isDead: boolean; readonly startedAt: number; readonly endedAt: number};

/** The rows of a pane's body: both streams merged where both have something to say; after a death stderr below, and larger. */
function paneLines({out, err, streams, isDead, startedAt, endedAt}: PaneView, look: LogLook, glyphs: Glyphs): readonly Line[] {
	const hasBoth = streams === 'both' && out.size > 0 && err.size > 0;
	if (!hasBoth || !isDead || look.height < 4) {
		const active = activeStream(streams, out, err, isDead) === 'err' ? err : out;
		const snapshot = hasBoth && !active.filter ? mergedLog(active, active === out ? err : out, {startedAt, endedAt}) : active;
		return snapshot.rows.length === 0 ? [lineOf(` ${snapshot.size === 0 ? 'no output' : (snapshot.filter ? 'no line matches' : '')}`, 'faint')] : logLines(snapshot, look, glyphs);
	}

	const most = Math.max(2, Math.floor(look.height * 2 / 3));
	const lower = logLines(err, {...look, height: most}, glyphs);
	const rule = titleRule([segment('stderr', 'bad')], [], look.width, glyphs.horizontal);
	const upper = logLines(out, {...look, height: look.height - 1 - lower.length}, glyphs);
	return [...upper, ...Array.from({length: Math.max(0, look.height - 1 - lower.length - upper.length)}, (): Line => []), rule, ...lower];
}
