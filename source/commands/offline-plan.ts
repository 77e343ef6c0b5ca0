import {type HostLoad, hostLoads, loadText} from '../core/host-loads.ts';
import {type BenchmarkPlan, planBenchmark} from '../core/plan.ts';
import {bareAddress, engineCommand, type Prepared} from './prepare.ts';

/** What the selected benchmarks would start, worked out without a look at any host. */
export function planOffline(prepared: Prepared): readonly BenchmarkPlan[] {
	return prepared.selected.map(index => planBenchmark(prepared.suite.protocol, prepared.inputs[index - 1]!, index, {
		engine: prepared.engine,
		cluster: prepared.cluster,
		clusterFile: prepared.clusterFile,
		ipOf: bareAddress,
		directoryOn: () => '$BENCH',
		jarOn: () => prepared.jarGiven ? prepared.jar ?? '$JAR' : '$JAR',
		engineOn: (_host, module) => engineCommand(module),
		scrape: prepared.scrape,
	}));
}

export function loadsOf({suite}: Prepared, plans: readonly BenchmarkPlan[]): readonly HostLoad[] {
	return hostLoads(plans.map(({procs}) => procs), suite.apart ?? suite.protocol.apart);
}

/** A sentence for each host that runs together what the experiment means to be apart. */
export function crowdWarnings({title}: Prepared, loads: readonly HostLoad[]): readonly string[] {
	return loads.filter(({isCrowded}) => isCrowded).map(({host, roles}) =>
		`Warning: ${host} runs ${loadText(roles)}; ${title} means each server to have a host of its own, and the clients to share none with them.`);
}
