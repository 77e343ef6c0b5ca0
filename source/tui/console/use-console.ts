/*
The console's state, put together: the run, where a person is in it, the time, the terminal's size; and what is opened for
what is shown.
*/
import {useWindowSize} from 'ink';
import {type Dispatch, useEffect, useMemo, useReducer, useSyncExternalStore} from 'react';
import {recordedLive} from '../../core/recorded-live.ts';
import {type RunStore} from '../../store/run-store.ts';
import {useNow} from '../hooks/use-now.ts';
import {useLook} from '../look.ts';
import {type ConsoleOptions} from '../open-console.ts';
import {lineWidth} from '../text/line.ts';
import {benchmarkListLines} from './benchmark-list.ts';
import {baseScreen, type ConsolePlace, type ConsoleView} from './console-frame.tsx';
import {runStanding} from './header.ts';
import {consoleLayout} from './layout.ts';
import {type LiveCharts} from './live-charts.ts';
import {type LogShelf} from './log-shelf.ts';
import {messageLine} from './message.ts';
import {type ConsoleAction, firstModel, reduceConsole} from './model.ts';
import {planPanes} from './panes.tsx';
import {orderedProcs, shownBenchmark} from './select.ts';

export type ConsoleParts = {
	readonly options: ConsoleOptions;
	readonly store: RunStore;
	readonly logs: LogShelf;
	readonly charts: LiveCharts;
	readonly clock: () => number;
};

const listMost = 52;

/** What to draw, and how to change it. */
export function useConsole({options, store, logs, charts, clock}: ConsoleParts): {readonly view: ConsoleView; readonly dispatch: Dispatch<ConsoleAction>} {
	const {columns, rows} = useWindowSize();
	const {glyphs} = useLook();
	const state = useSyncExternalStore(store.subscribe, store.state);
	const [model, dispatch] = useReducer(reduceConsole, firstModel);
	const now = useNow(clock, state.outcome === undefined);
	const drawn = useSyncExternalStore(charts.subscribe, charts.charts);

	const benchmark = shownBenchmark(state, model.benchmark);
	const procs = useMemo(() => orderedProcs(benchmark, model.at), [benchmark, model.at]);
	const focused = procs.find(({label}) => label === model.label) ?? procs[0];
	const view = useMemo((): ConsoleView => {
		const standing = runStanding(state, now);
		const isOver = standing === 'finished' || standing === 'failed' || standing === 'interrupted' || standing === 'silent';
		const listWidth = Math.min(listMost, Math.max(0, ...benchmarkListLines({state, shown: benchmark?.index, isFocused: false, width: listMost, height: 1000}, glyphs).map(line => lineWidth(trimmed(line)))) + 1);
		const chartNames = Object.keys(state.live).length + model.metrics.length;
		const hasMessage = messageLine(state, benchmark, now, columns, glyphs) !== undefined;
		const layout = consoleLayout({columns, rows: rows - (hasMessage ? 1 : 0), benchmarks: state.selected.length, listWidth, charts: Math.min(4, chartNames)});
		const plan = planPanes({benchmark, procs, focused, model, now, ...layout.panes}, glyphs);
		return {
			state, model, benchmark, procs, focused, charts: drawn, now, columns, rows, layout, plan,
			...keysFor(model.screen, isOver),
			without: withoutCommands({options, isOver, hasFailed: state.benchmarks.some(({status}) => status === 'failed')}),
		};
	}, [state, model, benchmark, procs, focused, drawn, now, columns, rows, glyphs, options]);

	useEffect(() => {
		charts.show(benchmark?.startedAt === undefined
			? undefined
			: {
				id: benchmark.id, startedAt: benchmark.startedAt, endedAt: benchmark.endedAt,
				clients: benchmark.procs.filter(({role}) => /client|driver/.test(role)).map(({label}) => label),
			}, {
			specs: state.live, metrics: model.metrics, recordedSpecs: recordedLive,
			split: baseScreen(model.screen) === 'charts' && model.isSplit ? [...Object.keys(state.live), ...model.metrics][model.chart] : undefined,
			unscraped: state.scraping?.isOn === false ? state.scraping.reason : undefined,
		});
	}, [charts, benchmark, state.live, state.scraping, model.metrics, model.screen, model.isSplit, model.chart]);

	useEffect(() => {
		const {grid} = view.plan;
		const shown = baseScreen(model.screen) === 'zoomed'
			? (focused ? [{label: focused.label, height: rows - 2}] : [])
			: view.plan.shown.map(({label}, place) => ({label, height: Math.max(1, (grid.heights[Math.floor(place / grid.columns)] ?? 2) - 1)}));
		const streams = ['out', 'err'] as const;
		logs.show(benchmark ? shown.flatMap(({label, height}) => streams.map(stream => ({benchmark: benchmark.id, label, stream, height}))) : []);
	}, [logs, benchmark, view.plan, focused, model.screen, rows]);

	return {view, dispatch};
}

function trimmed(line: ReturnType<typeof benchmarkListLines>[number]): ReturnType<typeof benchmarkListLines>[number] {
	const last = line.at(-1);
	return last?.text.trim() === '' ? trimmed(line.slice(0, -1)) : line;
}

function keysFor(screen: ConsoleView['model']['screen'], isOver: boolean): {readonly places: readonly ConsolePlace[]; readonly first: readonly string[]} {
	const after: readonly ConsolePlace[] = isOver ? ['finished'] : [];
	switch (baseScreen(screen)) {
		case 'charts': {
			return {places: ['chart', 'console', ...after, 'general'], first: ['chart-next', 'chart-split', 'earlier', 'later', 'charts']};
		}

		case 'zoomed': {
			return {places: ['console', 'searching', 'moving', ...after, 'general'], first: ['search', 'filter', 'next-error', 'next-pane', 'wrap', 'stream', 'copy', 'open']};
		}

		case 'panes': {
			return {places: ['console', 'searching', 'moving', ...after, 'general'], first: [...(isOver ? ['browse', 'failing'] : []), 'next-pane', 'zoom', 'search', 'charts', 'next-error', 'copy', 'filter', 'arrange']};
		}
	}
}

type Powers = {readonly options: ConsoleOptions; readonly isOver: boolean; readonly hasFailed: boolean};

// The footer names no key that would do nothing.
function withoutCommands({options: {actions}, isOver, hasFailed}: Powers): readonly string[] {
	return [
		...(isOver || !actions.skip ? ['skip'] : []),
		...(isOver || !actions.stop ? ['stop'] : []),
		...(isOver ? ['detach'] : []),
		...(hasFailed ? [] : ['failing']),
		...(actions.openFile ? [] : ['open']),
	];
}
