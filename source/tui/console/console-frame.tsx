/*
The console as a picture: everything comes in as properties, so that a test draws any moment of any run.
*/
import {Box} from 'ink';
import {type ReactNode} from 'react';
import {type BenchmarkState, type ProcState, type RunState} from '../../core/state.ts';
import {Footer} from '../components/footer.tsx';
import {Rows} from '../components/rows.tsx';
import {useLook} from '../look.ts';
import {type Line, lineOf} from '../text/line.ts';
import {showsTimes} from '../text/own-times.ts';
import {benchmarkListLines} from './benchmark-list.ts';
import {chartPictureLines} from './chart-picture.ts';
import {chartStripLines} from './chart-strip.ts';
import {headerLine} from './header.ts';
import {type ConsoleLayout} from './layout.ts';
import {type Chart} from './live-charts.ts';
import {type ConsoleModel} from './model.ts';
import {Panes, type PanesPlan} from './panes.tsx';
import {type LogReader, ProcPane} from './proc-pane.tsx';

/** Groups of the keymap that hold somewhere in the console. */
export type ConsolePlace = 'console' | 'chart' | 'searching' | 'moving' | 'finished' | 'general';

export type ConsoleView = {
	readonly state: RunState;
	readonly model: ConsoleModel;
	readonly benchmark: BenchmarkState | undefined;
	readonly procs: readonly ProcState[];
	readonly focused: ProcState | undefined;
	readonly charts: readonly Chart[];
	readonly now: number;
	readonly columns: number;
	readonly rows: number;
	readonly layout: ConsoleLayout;
	readonly plan: PanesPlan;
	/** What a person should know now; no lines where there is nothing. */
	readonly message: readonly Line[];
	/** Groups of keys that hold, commands to name first in the footer, and those that do nothing now. */
	readonly places: readonly ConsolePlace[];
	readonly first: readonly string[];
	readonly without: readonly string[];
};

type FrameProps = {
	readonly view: ConsoleView;
	readonly logs: LogReader;
	/** What takes the footer's place: a prompt. */
	readonly bottom?: ReactNode;
	/** What takes the body's place: a list to choose from, a question. */
	readonly body?: ReactNode;
};

/** Header, body, message, charts and footer, in exactly the terminal's size. */
export function ConsoleFrame({view, logs, bottom, body}: FrameProps) {
	const {state, model, benchmark, now, columns, rows} = view;
	const {glyphs} = useLook();
	const screen = baseScreen(model.screen);
	if (screen === 'zoomed' && body === undefined && view.focused && benchmark) {
		return (
			<Box flexDirection='column' width={columns} height={rows}>
				<ProcPane
					isFocused logs={logs} proc={view.focused} benchmark={benchmark} place={9} now={view.focused.exitedAt ?? now} at={model.at} streams={model.streams}
					width={columns} height={rows - 1} isWrapped={model.isWrapped} hasTimes={showsTimes(model, columns)} shift={model.shift}
				/>
				{bottom ?? <ConsoleFooter view={view}/>}
			</Box>
		);
	}

	return (
		<Box flexDirection='column' width={columns} height={rows}>
			<Rows lines={[headerLine({state, benchmark, model, now, width: columns}, glyphs)]} width={columns}/>
			{body ?? (screen === 'charts' ? <ChartsBody view={view}/> : <Body view={view} logs={logs}/>)}
			{bottom ?? <ConsoleFooter view={view}/>}
		</Box>
	);
}

/** The screen under what lies over it. */
export function baseScreen(screen: ConsoleModel['screen']): 'panes' | 'zoomed' | 'charts' {
	return 'under' in screen ? baseScreen(screen.under) : screen.kind;
}

function Body({view, logs}: {readonly view: ConsoleView; readonly logs: LogReader}) {
	const {state, model, benchmark, now, columns, layout, plan, message} = view;
	const {glyphs} = useLook();
	const {list, panes, strip} = layout;
	return (
		<Box flexDirection='column' width={columns} flexShrink={0}>
			<Box height={panes.height} flexShrink={0}>
				{list.width > 0 && (
					<Rows
						lines={benchmarkListLines(
							{state, shown: benchmark?.index, isFocused: model.focus === 'benchmarks', width: list.width, height: list.height},
							glyphs,
						)}
						width={list.width}
						height={list.height}
					/>
				)}
				{list.width > 0 && <Rows lines={Array.from({length: list.height}, () => lineOf(glyphs.vertical, 'faint'))} width={1} />}
				<Panes {...view} plan={plan} logs={logs} width={panes.width} height={panes.height} />
			</Box>
			{message.length > 0 && <Rows lines={message} width={columns} />}
			{strip > 0 && (
				<Rows
					lines={chartStripLines(
						{charts: view.charts, now: benchmark?.endedAt === undefined ? now : undefined, at: model.at, width: columns, height: strip},
						glyphs,
					)}
					width={columns}
					height={strip}
				/>
			)}
		</Box>
	);
}

function ChartsBody({view}: {readonly view: ConsoleView}) {
	const {model, benchmark, charts, columns, rows, now} = view;
	const {glyphs} = useLook();
	const height = rows - 2;
	const chart = charts[Math.min(model.chart, charts.length - 1)];
	if (!chart || !benchmark) {
		return <Rows lines={[[], lineOf('   This protocol charts nothing by itself; : charts any scraped metric.', 'muted')]} width={columns} height={height}/>;
	}

	const strip = chartStripLines({charts: [chart], now: benchmark.endedAt === undefined ? now : undefined, at: model.at, width: columns, height: 1}, glyphs);
	const procOf = new Map<string, string>(benchmark.procs.flatMap(({ip, metricsPort, label}) => (metricsPort === undefined ? [] : [[`${ip}:${metricsPort}`, label] as const])));
	const picture = chartPictureLines({chart, benchmark, at: model.at, width: columns, height: height - 1, nameOf: instance => procOf.get(instance) ?? instance}, glyphs);
	return <Rows lines={[...picture, ...strip] satisfies readonly Line[]} width={columns} height={height}/>;
}

function ConsoleFooter({view: {model, columns, places, first, without}}: {readonly view: ConsoleView}) {
	const {glyphs} = useLook();
	// A question names its own keys.
	if (model.screen.kind === 'asking') {
		return <Rows lines={[[]]} width={columns}/>;
	}

	if (model.screen.kind === 'copying') {
		return (
			<Rows
				lines={[
					[
						{text: ' copy ', tone: 'muted'},
						{text: ' t', tone: 'accent', bold: true},
						{text: ' visible text ', tone: 'muted'},
						{text: ' c', tone: 'accent', bold: true},
						{text: ' command ', tone: 'muted'},
						{text: ' p', tone: 'accent', bold: true},
						{text: ' path ', tone: 'muted'},
						{text: ' esc', tone: 'accent', bold: true},
						{text: ' cancel', tone: 'muted'},
					],
				]}
				width={columns}
			/>
		);
	}

	return model.notice
		? (
			<Rows
				lines={[lineOf(` ${model.notice.isBad ? '!' : glyphs.done} ${model.notice.text}`, model.notice.isBad ? 'bad' : 'good', {bold: true})]}
				width={columns}
			/>
		)
		: (
			<Footer places={places} first={first} without={without} isInner={model.screen.kind !== 'panes'} width={columns} />
		);
}
