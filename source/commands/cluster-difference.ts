/*
What of a cluster is another than when a run began: other addresses place its procs elsewhere, and give other figures.
*/
import {type Cluster} from '../core/cluster.ts';
import {isObject} from '../core/json.ts';

/**
The first role that has other addresses, as a sentence's part.

@param then The cluster that environment.json keeps; of an older version's run it keeps none.
@param now
@param options
@param options.file What the cluster file is called now.
@param options.fs The values of f that the inputs have; the others place nothing.
*/
export function clusterDifferences(then: unknown, now: Cluster, {file, fs}: {readonly file: string; readonly fs: readonly number[]}): readonly string[] {
	if (!isObject(then)) {
		return [];
	}

	for (const f of new Set(fs)) {
		const [old, current] = [rolesOf(then[String(f)]), rolesOf(now[String(f)])];
		const role = [...new Set([...old.keys(), ...current.keys()])].find(name => old.get(name) !== current.get(name));
		if (role !== undefined) {
			return [`${role} of f = ${f} in the cluster file ${file} is ${current.get(role) ?? 'not there'} now, and was ${old.get(role) ?? 'not there'}`];
		}
	}

	return [];
}

function rolesOf(roles: unknown): ReadonlyMap<string, string> {
	return new Map(Object.entries(isObject(roles) ? roles : {}).map(([role, addresses]) => [role, Array.isArray(addresses) ? addresses.join(', ') : String(addresses)]));
}
