import fs from 'node:fs';
import {type Cluster, parseCluster} from '../core/cluster.ts';
import {BenchError} from '../core/errors.ts';
import {reasonOf} from '../directory/directory-error.ts';

/**
The cluster of a file, or this machine alone without one.

@throws BenchError `cluster`.
*/
export function readClusterFile(file: string | undefined): Cluster {
	if (file === undefined) {
		return {1: {hosts: ['localhost']}};
	}

	let text: string;
	try {
		text = fs.readFileSync(file, 'utf8');
	} catch (error) {
		throw new BenchError('cluster', `Cannot read the cluster file ${file}: ${reasonOf(error)}.`, {cause: error});
	}

	return parseCluster(text, file);
}

/** Every address of a cluster, once, in the order of the file. */
export function addressesOf(cluster: Cluster): readonly string[] {
	return [...new Set(Object.values(cluster).flatMap(roles => Object.values(roles).flat()))];
}
