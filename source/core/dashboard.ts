/*
A Grafana dashboard for one benchmark, made from what is known of its protocol: the live charts first, then for each role its
rates and latencies, its runtime (JVM or Node), processor and collections. Phases stand as annotations.
*/
import {type JsonObject} from './json.ts';
import {type NamedQuery} from './live-promql.ts';

type DashboardOf = {
	/** `unreplicated_smoke HAOSRTGXOI 001`. */
	readonly title: string;
	/** Stable and unique, at most 40 characters. */
	readonly uid: string;
	/** The uid of its data source. */
	readonly source: string;
	readonly live: readonly NamedQuery[];
	/** Each job of prometheus.yml with the names of its samples. */
	readonly jobs: ReadonlyArray<{readonly job: string; readonly metrics: readonly string[]}>;
	/** Of rates: `1s`. */
	readonly window: string;
	/** Epoch ms. */
	readonly from: number;
	readonly to: number;
};

type Unit = 'short' | 'ms' | 's' | 'bytes' | 'percentunit' | 'ops';
type Panel = {readonly title: string; readonly unit: Unit; readonly targets: ReadonlyArray<{readonly expression: string; readonly legend: string}>};

const rowHeight = 8;
const columns = 3;
const gridWidth = 24;

/** The dashboard as Grafana provisions it. */
export function dashboard(of: DashboardOf): JsonObject {
	const rows: ReadonlyArray<readonly [string, readonly Panel[]]> = [
		...(of.live.length === 0 ? [] : [['Live charts', of.live.map(query => livePanel(query))] as const]),
		...of.jobs.map(({job, metrics}) => [job, jobPanels(job, new Set(metrics), of.window)] as const).filter(([, panels]) => panels.length > 0),
	];
	return {
		uid: of.uid, title: of.title, tags: ['benchdeck'], timezone: 'browser', schemaVersion: 39, version: 1, editable: true, refresh: '', graphTooltip: 1,
		time: {from: new Date(of.from).toISOString(), to: new Date(of.to).toISOString()},
		annotations: {list: [
			annotation(of, {name: 'Phases', expression: 'benchdeck_phase', title: '{{phase}}', color: 'blue'}),
			annotation(of, {name: 'JVM pauses', expression: 'benchdeck_pause', title: '{{label}}: {{kind}}', color: 'orange'}),
		]},
		panels: layOut(rows, of.source),
	};
}

function livePanel({name, expression}: NamedQuery): Panel {
	return {title: name, unit: name.endsWith('ms') ? 'ms' : 'ops', targets: [{expression, legend: name}]};
}

function annotation({source}: DashboardOf, {name, expression, title, color}: {readonly name: string; readonly expression: string; readonly title: string; readonly color: string}): JsonObject {
	return {name, enable: true, iconColor: color, datasource: datasource(source), expr: expression, step: '200ms', titleFormat: title, tagKeys: ''};
}

function datasource(uid: string): JsonObject {
	return {type: 'prometheus', uid};
}

function jobPanels(job: string, metrics: ReadonlySet<string>, window: string): readonly Panel[] {
	const own = [...metrics].filter(name => !/^(?:jvm_|nodejs_|process_|up$|scrape_|benchdeck_)/.test(name));
	const bases = own.filter(name => name.endsWith('_count')).map(name => name.slice(0, -'_count'.length)).filter(base => metrics.has(`${base}_sum`));
	const selector = `{job="${job}"}`;
	const rate = (name: string) => `rate(${name}${selector}[${window}])`;
	const rates = own.filter(name => name.endsWith('_total')).map((name): Panel => ({
		title: name, unit: 'ops', targets: [{expression: `sum(${rate(name)})`, legend: 'sum'}, {expression: `sum by (instance) (${rate(name)})`, legend: '{{instance}}'}],
	}));
	const latencies = bases.map((base): Panel => ({
		title: base, unit: base.endsWith('seconds') ? 's' : 'ms',
		targets: [
			{expression: `sum(${rate(`${base}_sum`)}) / sum(${rate(`${base}_count`)})`, legend: 'mean'},
			...(metrics.has(`${base}_bucket`) ? [0.5, 0.99].map(q => ({expression: `histogram_quantile(${q}, sum by (le) (${rate(`${base}_bucket`)}))`, legend: `p${q * 100}`})) : []),
		],
	}));
	const known = (panel: Panel, needed: string) => metrics.has(needed) ? [panel] : [];
	const gauge = (title: string, unit: Unit, name: string, by = 'instance') => known({title, unit, targets: [{expression: `${name}${selector}`, legend: `{{${by}}}`}]}, name);
	const share = (title: string, unit: Unit, name: string) => known({title, unit, targets: [{expression: `sum by (instance) (${rate(name)})`, legend: '{{instance}}'}]}, name);
	return [
		...rates,
		...latencies,
		...share('Processor, share of a core', 'percentunit', 'process_cpu_seconds_total'),
		...gauge('Memory, resident', 'bytes', 'process_resident_memory_bytes'),
		...gauge('JVM memory', 'bytes', 'jvm_memory_bytes_used', 'area'),
		...gauge('JVM threads', 'short', 'jvm_threads_current'),
		...share('JVM collections, share of time', 'percentunit', 'jvm_gc_collection_seconds_sum'),
		...gauge('Node heap', 'bytes', 'nodejs_heap_size_used_bytes'),
		...gauge('Node event loop lag, p99', 's', 'nodejs_eventloop_lag_p99_seconds'),
		...share('Node collections, share of time', 'percentunit', 'nodejs_gc_duration_seconds_sum'),
	];
}

function layOut(rows: ReadonlyArray<readonly [string, readonly Panel[]]>, source: string): JsonObject[] {
	const laid: JsonObject[] = [];
	let y = 0;
	for (const [title, panels] of rows) {
		laid.push({id: laid.length + 1, type: 'row', title, collapsed: false, panels: [], gridPos: {h: 1, w: gridWidth, x: 0, y: y++}});
		for (const [place, panel] of panels.entries()) {
			const width = gridWidth / columns;
			laid.push({
				id: laid.length + 1,
				type: 'timeseries',
				title: panel.title,
				datasource: datasource(source),
				gridPos: {h: rowHeight, w: width, x: (place % columns) * width, y: y + Math.floor(place / columns) * rowHeight},
				fieldConfig: {defaults: {unit: panel.unit, min: 0, custom: {lineWidth: 1, showPoints: 'never'}}, overrides: []},
				options: {legend: {displayMode: 'list', placement: 'bottom'}, tooltip: {mode: 'multi'}},
				targets: panel.targets.map(({expression, legend}, target) => ({
					refId: String.fromCodePoint(65 + target),
					datasource: datasource(source),
					expr: expression,
					legendFormat: legend,
					range: true,
				})),
			});
		}

		y += Math.ceil(panels.length / columns) * rowHeight;
	}

	return laid;
}
