import {printSeconds} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {groupOf} from '../core/field.ts';
import {type BenchmarkPlan, planBenchmark} from '../core/plan.ts';
import {jsonText} from '../core/print-input.ts';
import {estimateRun} from '../core/selectors.ts';
import {expectedMs} from '../core/timing.ts';
import {shellLine} from '../host/shell-quote.ts';
import {bareAddress, engineCommand, prepare, type Prepared} from './prepare.ts';
import {planFlags} from './run-flags.ts';

/** `benchdeck plan SUITE`: what would start, where, and how long it would take. Connects to nothing. */
export async function planCommand(argv: readonly string[]): Promise<number> {
	const prepared = await prepare('plan', argv, planFlags);
	if ('help' in prepared) {
		process.stdout.write(prepared.help);
		return 0;
	}

	const {suite, inputs, selected, flags} = prepared;
	if (flags.is('json') && flags.is('commands')) {
		throw new BenchError('usage', '--commands goes without --json, which holds every command anyway.');
	}

	for (const note of prepared.notes) {
		process.stderr.write(`${note}\n`);
	}

	const plans = selected.map(index => planBenchmark(suite.protocol, inputs[index - 1]!, index, {
		engine: prepared.engine,
		cluster: prepared.cluster,
		clusterFile: prepared.clusterFile,
		ipOf: bareAddress,
		directoryOn: () => '$BENCH',
		jarOn: () => prepared.jarGiven ? prepared.jar ?? '$JAR' : '$JAR',
		engineOn: (_host, module) => engineCommand(module),
		scrape: prepared.scrape,
	}));
	process.stdout.write(flags.is('json') ? planJson(prepared, plans) : planText(prepared, plans, flags.is('commands')));
	return 0;
}

function planJson({title, suite}: Prepared, plans: readonly BenchmarkPlan[]): string {
	const fields = groupOf(suite.protocol.input);
	const benchmarks = plans.map(({index, id, input, files, procs}) => [
		'        {',
		`            "index": ${index},`,
		`            "directory": "${id}",`,
		`            "input": ${jsonText(fields, input, ' '.repeat(12))},`,
		`            "files": ${indented(files)},`,
		`            "processes": ${indented(procs.map(({label, host, argv}) => ({label, host, argv})))}`,
		'        }',
	].join('\n'));
	return `{\n    "suite": ${JSON.stringify(title)},\n    "benchmarks": [\n${benchmarks.join(',\n')}\n    ]\n}\n`;
}

function indented(value: unknown): string {
	return JSON.stringify(value, undefined, 4).replaceAll('\n', '\n            ');
}

function planText({title, inputs, engine}: Prepared, plans: readonly BenchmarkPlan[], withCommands: boolean): string {
	const varying = Object.keys(inputs[0] ?? {}).filter(key => new Set(inputs.map(input => JSON.stringify(input[key]))).size > 1);
	const totalMs = estimateRun(plans.map(({timing}) => expectedMs(timing)), engine);
	const lines = plans.flatMap(({id, input, procs, timing}) => {
		const shown = varying.map(key => `${key}=${typeof input[key] === 'object' ? JSON.stringify(input[key]) : String(input[key])}`).join(' ');
		const hosts = [...Map.groupBy(procs, ({host}) => host)].map(([host, its]) => `      ${host}: ${its.map(({label}) => label).join(' ')}`);
		const commands = withCommands ? procs.map(({label, argv, env}) => `      ${label}: ${shellLine(argv, env)}`) : [];
		return [`  ${id}  ${printSeconds(expectedMs(timing))}  ${shown}`.trimEnd(), ...hosts, ...commands];
	});
	return `${title} on the ${engine} engine: ${plans.length} benchmark${plans.length === 1 ? '' : 's'}, about ${printSeconds(totalMs)} in all\n${lines.join('\n')}\n`;
}
