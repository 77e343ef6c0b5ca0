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
import {baseScreen, type ConsoleView} from './console-frame.tsx';
import {viewOf} from './console-view.ts';
import {type LiveCharts} from './live-charts.ts';
import {type LogShelf} from './log-shelf.ts';
import {type ConsoleAction, firstModel, reduceConsole} from './model.ts';

export type ConsoleParts = {
	readonly options: ConsoleOptions;
	readonly store: RunStore;
	readonly logs: LogShelf;
	readonly charts: LiveCharts;
	readonly clock: () => number;
};

/** What to draw, and how to change it. */
export function useConsole({options, store, logs, charts, clock}: ConsoleParts): {readonly view: ConsoleView; readonly dispatch: Dispatch<ConsoleAction>} {
	const {columns, rows} = useWindowSize();
	const {glyphs} = useLook();
	const state = useSyncExternalStore(store.subscribe, store.state);
	const [model, dispatch] = useReducer(reduceConsole, firstModel);
	const now = useNow(clock, state.outcome === undefined);
	const drawn = useSyncExternalStore(charts.subscribe, charts.charts);

	const view = useMemo(() => viewOf({state, model, charts: drawn, now, columns, rows, glyphs, powers: options.actions}), [state, model, drawn, now, columns, rows, glyphs, options]);
	const {benchmark, focused} = view;

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
