import {type BenchmarkState, type ProcState} from '../../core/state.ts';
import {type Glyphs} from '../glyphs.ts';
import {hueOf, type Line, lineWidth, segment, type Segment} from '../text/line.ts';
import {hueNumber, procGlyph} from './proc-title.ts';
import {procStatus} from './select.ts';

type FleetView = {
	readonly benchmark: BenchmarkState;
	readonly focused?: string;
	/** Processes that have a pane. */
	readonly shown: ReadonlySet<string>;
	readonly at?: number;
	readonly width: number;
};

/** One sign per process, by role, and by host where a role is on several, in the order of the plan: a death moves nothing here. */
export function fleetMapLines({benchmark, focused, shown, at, width}: FleetView, glyphs: Glyphs): readonly Line[] {
	const groups = new Map<string, ProcState[]>();
	const hosts = new Set(benchmark.procs.map(({host}) => host));
	for (const proc of benchmark.procs) {
		const key = hosts.size > 1 ? `${proc.role}\u{0}${proc.host}` : proc.role;
		groups.set(key, [...(groups.get(key) ?? []), proc]);
	}

	const entries = [...groups].map(([key, members]): Line => {
		const [role = '', host] = key.split('\u{0}', 2);
		return [
			segment(role, hueOf(hueNumber(role)), {bold: true}),
			segment(host === undefined ? ' ' : ` ${host} `, 'muted'),
			...members.map(proc => {
				const glyph = procGlyph(procStatus(proc, benchmark, at), glyphs);
				return proc.label === focused ? {...glyph, found: true} : (shown.has(proc.label) ? {...glyph, underline: true} : glyph);
			}),
		];
	});
	return flow(entries, width);
}

// Entries one after the other, a new row where one does not fit; a long one is broken. Widths are added up, not measured anew:
// a hundred signs are drawn every second.
function flow(entries: readonly Line[], width: number): readonly Line[] {
	const rows: Segment[][] = [];
	let taken = 0;
	const begin = (indent: number) => {
		rows.push([segment(' '.repeat(indent))]);
		taken = indent;
	};

	const add = (parts: Line, wide: number) => {
		rows.at(-1)!.push(...parts);
		taken += wide;
	};

	for (const entry of entries) {
		const wide = lineWidth(entry);
		const gap = rows.length === 0 ? 1 : 3;
		if (taken + gap + wide <= width) {
			if (rows.length === 0) {
				begin(gap);
			} else {
				add([segment(' '.repeat(gap))], gap);
			}

			add(entry, wide);
			continue;
		}

		begin(1);
		for (const part of entry) {
			const partWide = lineWidth([part]);
			if (taken + partWide > width - 1) {
				begin(4);
			}

			add([part], partWide);
		}
	}

	return rows.length === 0 ? [[]] : rows;
}
