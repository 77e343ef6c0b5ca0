import {BenchError} from './errors.ts';
import {type PlannedProc} from './plan-proc.ts';
import {firstPort, lastPort, portStep} from './placement.ts';

/**
Refuses ports that two procs would share, or that nobody can have.

@throws BenchError `suite`, which names them.
*/
export function refusePorts(procs: readonly PlannedProc[]): void {
	const taken = new Map<string, string>();
	for (const {label, ip, port, metricsPort} of procs) {
		for (const used of [port, metricsPort]) {
			if (used === undefined) {
				continue;
			}

			if (used > lastPort) {
				const room = Math.floor((lastPort - firstPort) / portStep) + 1;
				const limit = `ports end at ${lastPort}: with one each ${portStep} from ${firstPort} on there is room for ${room} endpoints`;
				throw new BenchError('suite', `${label} would need port ${used}, and ${limit}; give the roles smaller counts.`);
			}

			const place = `${ip}:${used}`;
			const other = taken.get(place);
			if (other !== undefined && other !== label) {
				throw new BenchError('suite', `${other} and ${label} would both use ${place}; give the roles other addresses or counts.`);
			}

			taken.set(place, label);
		}
	}
}
