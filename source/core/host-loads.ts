/*
What a plan puts on each host, and whether the experiment minds: a proc of a role that is meant to be apart wants its host
to itself, and clients want theirs to themselves, where they may be several.
*/
import {type PlannedProc} from './plan.ts';

export type HostLoad = {
	/** As the cluster file has it. */
	readonly host: string;
	/** Role → the most procs of it at one time, in the order of launch. */
	readonly roles: ReadonlyMap<string, number>;
	/** Whether some benchmark puts procs together there that are meant to be apart. */
	readonly isCrowded: boolean;
};

/**
The hosts of some benchmarks, each with the most that it runs at one time.

@param benchmarks The procs of each.
@param apart Roles that are meant to be apart from one another.
*/
export function hostLoads(benchmarks: ReadonlyArray<readonly PlannedProc[]>, apart: readonly string[] = []): readonly HostLoad[] {
	const loads = new Map<string, {host: string; readonly roles: Map<string, number>; isCrowded: boolean}>();
	for (const procs of benchmarks) {
		// The same machine may go by several names.
		for (const [ip, its] of Map.groupBy(procs, proc => proc.ip)) {
			const load = loads.get(ip) ?? {host: its[0]!.host, roles: new Map<string, number>(), isCrowded: false};
			loads.set(ip, load);
			load.isCrowded ||= isCrowded(its.filter(({role}) => apart.includes(role)));
			for (const [role, {length}] of Map.groupBy(its, proc => proc.role)) {
				load.roles.set(role, Math.max(load.roles.get(role) ?? 0, length));
			}
		}
	}

	return [...loads.values()];
}

/** `1 leader, 3 acceptors`. */
export function loadText(roles: ReadonlyMap<string, number>): string {
	return [...roles].map(([role, number]) => `${number} ${number === 1 ? role.replace(/s$/, '') : role.replace(/s?$/, 's')}`).join(', ');
}

function isCrowded(procs: readonly PlannedProc[]): boolean {
	const servers = procs.filter(({kind}) => kind !== 'client').length;
	return servers > 1 || (servers === 1 && procs.length > 1);
}
