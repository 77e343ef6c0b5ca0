/*
Where a person is in the console: which screen, which process, what is being typed. One reducer; what a run does is not in
here (store/run-store.ts), and the lines of a log are not either (log-view.ts).
*/
import {type Prompt} from '../text/prompt.ts';

type Arrangement = 'grid' | 'one' | 'list' | 'map';
export type Streams = 'both' | 'out' | 'err';
export type Typing = 'search' | 'filter' | 'palette' | 'answer';
export type Question = 'leave' | 'skip' | 'stop';

/** A screen, or what lies over one. */
export type Screen =
	| {readonly kind: 'panes'}
	| {readonly kind: 'zoomed'}
	| {readonly kind: 'charts'}
	| {readonly kind: 'help'; readonly under: Screen}
	| {readonly kind: 'asking'; readonly question: Question; readonly under: Screen}
	/** After `y`: the next key says what is copied. */
	| {readonly kind: 'copying'; readonly under: Screen}
	| {readonly kind: 'typing'; readonly what: Typing; readonly prompt: Prompt; readonly choice: number; readonly under: Screen};

export type ConsoleModel = {
	readonly screen: Screen;
	readonly arrangement: Arrangement;
	/** What the keyboard moves in. */
	readonly focus: 'panes' | 'benchmarks';
	/** The chosen process; undefined takes the first. */
	readonly label?: string;
	/** The chosen benchmark; undefined follows the run. */
	readonly benchmark?: number;
	/** The chosen time in it, epoch ms; undefined is now, or the end. */
	readonly at?: number;
	readonly streams: Streams;
	readonly isWrapped: boolean;
	/** Whether lines keep the time that they begin with; undefined: where there is room for it and for the line. */
	readonly hasTimes?: boolean;
	/** Cells that lines are moved to the left. */
	readonly shift: number;
	/** Which figure the full-size chart shows, and whether for each process. */
	readonly chart: number;
	readonly isSplit: boolean;
	/** A metric that was chosen from the palette, charted beside what the protocol charts. */
	readonly metrics: readonly string[];
	/** A sentence for the footer until the next key. */
	readonly notice?: {readonly text: string; readonly isBad: boolean};
};

export const firstModel: ConsoleModel = {
	screen: {kind: 'panes'}, arrangement: 'grid', focus: 'panes', streams: 'both', isWrapped: false, shift: 0, chart: 0, isSplit: false, metrics: [],
};

export type ConsoleAction =
	| {readonly type: 'opened'; readonly screen: Screen}
	| {readonly type: 'closed'}
	| {readonly type: 'typed'; readonly prompt: Prompt}
	| {readonly type: 'choice-moved'; readonly choice: number}
	| {readonly type: 'arranged'; readonly arrangement?: Arrangement}
	| {readonly type: 'focused'; readonly focus: ConsoleModel['focus']}
	| {readonly type: 'proc-chosen'; readonly label: string}
	| {readonly type: 'benchmark-chosen'; readonly benchmark: number | undefined}
	| {readonly type: 'time-chosen'; readonly at: number | undefined}
	| {readonly type: 'streams-changed'; readonly streams?: Streams}
	| {readonly type: 'wrap-toggled'}
	| {readonly type: 'times-toggled'; /** Whether they are to be seen. */ readonly areShown: boolean}
	| {readonly type: 'shifted'; readonly by: number}
	| {readonly type: 'chart-chosen'; readonly chart: number}
	| {readonly type: 'split-toggled'}
	| {readonly type: 'metric-charted'; readonly metric: string; readonly chart: number}
	| {readonly type: 'noticed'; readonly text: string; readonly isBad?: boolean}
	| {readonly type: 'key-pressed'};

const arrangements: readonly Arrangement[] = ['grid', 'one', 'list', 'map'];
const streams: readonly Streams[] = ['both', 'out', 'err'];

/** The model after an action. */
export function reduceConsole(model: ConsoleModel, action: ConsoleAction): ConsoleModel {
	switch (action.type) {
		case 'opened': {
			return {...model, screen: action.screen};
		}

		case 'closed': {
			return {...model, screen: 'under' in model.screen ? model.screen.under : {kind: 'panes'}};
		}

		case 'typed': {
			return model.screen.kind === 'typing' ? {...model, screen: {...model.screen, prompt: action.prompt, choice: 0}} : model;
		}

		case 'choice-moved': {
			return model.screen.kind === 'typing' ? {...model, screen: {...model.screen, choice: action.choice}} : model;
		}

		case 'arranged': {
			return {...model, arrangement: action.arrangement ?? after(arrangements, model.arrangement), screen: {kind: 'panes'}};
		}

		case 'focused': {
			return {...model, focus: action.focus};
		}

		case 'proc-chosen': {
			return {...model, label: action.label, focus: 'panes', shift: 0};
		}

		case 'benchmark-chosen': {
			return {...model, benchmark: action.benchmark, at: undefined, shift: 0};
		}

		case 'time-chosen': {
			return {...model, at: action.at};
		}

		case 'streams-changed': {
			return {...model, streams: action.streams ?? after(streams, model.streams)};
		}

		case 'wrap-toggled': {
			return {...model, isWrapped: !model.isWrapped, shift: 0};
		}

		case 'times-toggled': {
			return {...model, hasTimes: !action.areShown};
		}

		case 'shifted': {
			return {...model, shift: Math.max(0, model.shift + action.by)};
		}

		case 'chart-chosen': {
			return {...model, chart: action.chart};
		}

		case 'split-toggled': {
			return {...model, isSplit: !model.isSplit};
		}

		case 'metric-charted': {
			const metrics = model.metrics.includes(action.metric) ? model.metrics : [...model.metrics, action.metric];
			return {...model, metrics, chart: action.chart, screen: {kind: 'charts'}};
		}

		case 'noticed': {
			return {...model, notice: {text: action.text, isBad: action.isBad ?? false}};
		}

		case 'key-pressed': {
			return model.notice === undefined ? model : {...model, notice: undefined};
		}
	}
}

function after<Item>(items: readonly Item[], item: Item): Item {
	return items[(items.indexOf(item) + 1) % items.length]!;
}
