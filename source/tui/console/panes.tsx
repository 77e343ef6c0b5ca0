import {Box} from 'ink';
import {type BenchmarkState, type ProcState} from '../../core/state.ts';
import {Rows} from '../components/rows.tsx';
import {type Glyphs} from '../glyphs.ts';
import {useLook} from '../look.ts';
import {fitLine, type Line, lineOf, segment} from '../text/line.ts';
import {showsTimes} from '../text/own-times.ts';
import {windowOn} from '../text/window.ts';
import {fleetMapLines} from './fleet-map.ts';
import {type Grid, gridFor, parts} from './layout.ts';
import {type ConsoleModel} from './model.ts';
import {type LogReader, ProcPane} from './proc-pane.tsx';
import {procGlyph, shortLabel} from './proc-title.ts';
import {procStatus, procWords, uptime} from './select.ts';

type PanesView = {
	readonly benchmark: BenchmarkState | undefined;
	/** In the order in which they are shown. */
	readonly procs: readonly ProcState[];
	readonly focused: ProcState | undefined;
	readonly model: ConsoleModel;
	readonly now: number;
	readonly width: number;
	readonly height: number;
};

/** What is where: the panes that are shown, and how much of the region the map of the fleet takes. */
export type PanesPlan = {
	readonly grid: Grid;
	readonly shown: readonly ProcState[];
	readonly mapHeight: number;
	readonly listWidth: number;
};

/** The panes of a region, as the chosen arrangement has them. */
export function planPanes({benchmark, procs, focused, model, width, height}: PanesView, glyphs: Glyphs): PanesPlan {
	const single = (mapHeight: number, listWidth: number): PanesPlan => ({grid: gridFor(1, width - listWidth, height - mapHeight), shown: focused ? [focused] : [], mapHeight, listWidth});
	switch (model.arrangement) {
		case 'one': {
			return single(0, 0);
		}

		case 'list': {
			return single(0, Math.min(44, Math.max(30, Math.floor(width * 0.3))));
		}

		case 'map': {
			const rows = benchmark ? fleetMapLines({benchmark, shown: new Set(), width}, glyphs).length : 0;
			return single(Math.min(rows + 2, Math.floor(height / 2)), 0);
		}

		case 'grid': {
			const whole = gridFor(procs.length, width, height);
			if (whole.shown >= procs.length || !benchmark) {
				return {grid: whole, shown: procs, mapHeight: 0, listWidth: 0};
			}

			const mapHeight = Math.min(fleetMapLines({benchmark, shown: new Set(), width}, glyphs).length, Math.max(1, Math.floor(height / 3)));
			const grid = gridFor(procs.length, width, height - mapHeight);
			// The page that the chosen process is on.
			const place = Math.max(0, procs.findIndex(({label}) => label === focused?.label));
			const from = Math.floor(place / grid.shown) * grid.shown;
			return {grid, shown: procs.slice(from, from + grid.shown), mapHeight, listWidth: 0};
		}
	}
}

type PanesProps = PanesView & {readonly plan: PanesPlan; readonly logs: LogReader};

/** The processes of a benchmark. */
export function Panes(props: PanesProps) {
	const {benchmark, procs, focused, model, now, width, height, plan, logs} = props;
	const {glyphs} = useLook();
	if (!benchmark || procs.length === 0) {
		return <Rows lines={[[], ...waitingLines(benchmark)]} width={width} height={height}/>;
	}

	const {grid, shown, mapHeight, listWidth} = plan;
	const rows = Array.from({length: grid.rows}, (_, row) => shown.slice(row * grid.columns, (row + 1) * grid.columns));
	const map = mapHeight > 0 ? fleetMapLines({benchmark, focused: focused?.label, shown: new Set(shown.map(({label}) => label)), at: model.at, width}, glyphs) : [];
	return (
		<Box width={width} height={height} flexShrink={0}>
			{listWidth > 0 && <Rows lines={procListLines({...props, width: listWidth - 1}, glyphs)} width={listWidth - 1} height={height} />}
			{listWidth > 0 && <Rows lines={Array.from({length: height}, () => lineOf(glyphs.vertical, 'faint'))} width={1} />}
			<Box flexDirection='column' width={width - listWidth} height={height} flexShrink={0}>
				{mapHeight > 0 && (
					<Rows
						lines={
							map.length > mapHeight
								? [...map.slice(0, mapHeight - 1), lineOf(` ${glyphs.ellipsis} a shows the whole map`, 'faint')]
								: map
						}
						width={width}
						height={mapHeight}
					/>
				)}
				{rows.map((row, rowPlace) => (
					<Box key={row.map(({label}) => label).join(' ')} height={grid.heights[rowPlace]} flexShrink={0}>
						{row.map((proc, column, {length}) => (
							<Box key={proc.label} flexShrink={0}>
								{column > 0 && (
									<Rows lines={Array.from({length: grid.heights[rowPlace]!}, () => lineOf(glyphs.vertical, 'faint'))} width={1} />
								)}
								<ProcPane
									logs={logs}
									proc={proc}
									benchmark={benchmark}
									place={procs.indexOf(proc)}
									isFocused={proc.label === focused?.label && model.focus === 'panes'}
									now={proc.exitedAt ?? now}
									at={model.at}
									streams={model.streams}
									width={length === grid.columns ? grid.widths[column]! : parts(width - listWidth - (length - 1), length)[column]!}
									height={grid.heights[rowPlace]!}
									isWrapped={model.isWrapped}
									hasTimes={showsTimes(model, grid.widths[0] ?? width)}
									shift={proc.label === focused?.label ? model.shift : 0}
								/>
							</Box>
						))}
					</Box>
				))}
			</Box>
		</Box>
	);
}

function waitingLines(benchmark: BenchmarkState | undefined): readonly Line[] {
	return benchmark
		? [
			lineOf(
				`  ${benchmark.status === 'waiting' ? `Benchmark ${benchmark.id} has not started yet.` : `Benchmark ${benchmark.id} has no processes yet.`}`,
				'muted',
			),
		]
		: [lineOf('  No benchmark has started yet.', 'muted')];
}

function procListLines({benchmark, procs, focused, model, now, width, height}: PanesView, glyphs: Glyphs): readonly Line[] {
	const cursor = Math.max(0, procs.findIndex(({label}) => label === focused?.label));
	const {from, to} = windowOn({length: procs.length, height, cursor, from: Math.max(0, cursor - Math.floor(height / 2))});
	return procs.slice(from, to).map((proc): Line => {
		const isFocused = proc.label === focused?.label;
		const status = benchmark ? procStatus(proc, benchmark, model.at) : 'running';
		const words = status === 'running' ? uptime(proc, model.at ?? now) : procWords(proc, status);
		const end = segment(`${words} `, status === 'died' ? 'bad' : 'muted');
		const start: Line = [
			segment(isFocused ? glyphs.cursor : ' ', 'accent', {bold: true}),
			procGlyph(status, glyphs),
			segment(` ${shortLabel(proc.label, width - words.length - 6, glyphs.ellipsis)}  `, status === 'died' ? 'bad' : 'plain', {bold: isFocused}),
			...(width < 40 ? [] : [segment(proc.port === undefined ? proc.host : `${proc.host}:${proc.port}`, 'faint')]),
		];
		const line = [...fitLine(start, width - words.length - 1, glyphs.ellipsis), end];
		return isFocused ? line.map(part => ({...part, selected: true})) : line;
	});
}
