/*
Placement: role → endpoints, a function of input and cluster file alone. Ports go from 10000 in steps of 100, one for
each endpoint, role by role in the order of the description; the port after it is for metrics. A role with fewer
addresses than endpoints cycles through them.
*/
import {BenchError} from './errors.ts';
import {type RoleAddresses} from './cluster.ts';

export const firstPort = 10_000;
export const portStep = 100;
export const lastPort = 65_535;

/** One endpoint of a role. */
export type Placed = {
	readonly role: string;
	/** The address as the cluster file has it. */
	readonly host: string;
	/** The address as flags and config files name it. */
	readonly ip: string;
	readonly port: number;
	/** Its place in its role: none for a role of one, `[1]`, `[group, index]`, … */
	readonly path: readonly number[];
};

type RoleShape = {
	readonly name: string;
	/** The role of the cluster file that it takes its addresses from. */
	readonly addresses: string;
	/** Undefined: one, without a number. `[2, 3]`: two groups of three. */
	readonly counts: readonly number[] | undefined;
};

/** Roles and their endpoints. `at('leaders')` throws on a role that is not there. */
export type Placement = (role: string) => readonly Placed[];

/**
Gives each endpoint of each role its host and port.

@param shapes
@param addresses
@param ipOf The address as flags name it, for an address of the cluster file.
*/
export function placeRoles(shapes: readonly RoleShape[], addresses: RoleAddresses, ipOf: (address: string) => string): ReadonlyMap<string, readonly Placed[]> {
	let port = firstPort - portStep;
	return new Map(shapes.map(shape => {
		const hosts = addresses[shape.addresses] ?? [];
		const placed = pathsOf(shape.counts).map((path, index): Placed => {
			const host = hosts[index % hosts.length];
			if (host === undefined) {
				throw new BenchError('cluster', `The cluster names no address for the role "${shape.addresses}".`);
			}

			port += portStep;
			return {role: shape.name, host, ip: ipOf(host), port, path};
		});
		return [shape.name, placed] as const;
	}));
}

/** Endpoints of a grouped role by their first index: `[[0_0, 0_1], [1_0, 1_1]]`; a group of groups comes out whole. */
export function grouped(placed: readonly Placed[], depth = 0): ReadonlyArray<readonly Placed[]> {
	return [...Map.groupBy(placed, endpoint => endpoint.path[depth]).values()];
}

function pathsOf(counts: readonly number[] | undefined): ReadonlyArray<readonly number[]> {
	let paths: ReadonlyArray<readonly number[]> = [[]];
	for (const size of counts ?? []) {
		paths = paths.flatMap(path => Array.from({length: size}, (_, index) => [...path, index]));
	}

	return paths;
}
