import {analyzeFlags} from './analyze-flags.ts';
import {flagHelp, type FlagTable} from './flag-table.ts';
import {checkFlags, reapFlags} from './host-flags.ts';
import {attachFlags, planFlags, resumeFlags, runFlags, stopFlags, themeFlag} from './run-flags.ts';
import {browseFlags, compareFlags, plotFlags, reportFlags, showFlags} from './results-flags.ts';

type CommandHelp = {readonly usage: string; readonly line: string; readonly more?: string; readonly flags: FlagTable};

const commands: Readonly<Record<string, CommandHelp>> = {
	run: {usage: 'run SUITE [flags]', line: 'run a suite', more: 'SUITE is a name that `benchdeck list` shows, or a file such as ./my-suite.ts.\nExit codes: 0 all benchmarks finished, 1 some failed, 2 usage or configuration, 130 interrupted.', flags: runFlags},
	plan: {usage: 'plan SUITE [flags]', line: 'print what a suite would start, and connect to nothing', flags: planFlags},
	attach: {usage: 'attach RUN [flags]', line: 'open the console on a run, or print it where there is no terminal', more: 'RUN is a path, the run\'s unique word or enough of it, `last`, or `.`. Ctrl-C detaches; the run goes on.', flags: attachFlags},
	stop: {usage: 'stop RUN [flags]', line: 'end a run in order', flags: stopFlags},
	resume: {usage: 'resume RUN [flags]', line: 'run what is missing or failed of a run', more: 'In the same directory, with the same inputs and program; earlier attempts move to NNN/attempt-1, and so on.', flags: resumeFlags},
	list: {usage: 'list', line: 'list the suites', flags: {json: {type: 'boolean', help: 'JSON on stdout'}}},
	show: {usage: 'show RUN [flags]', line: 'show a run and its results', more: 'RUN is a path, the run\'s unique word or enough of it, `last`, or `.`; or a results.csv.', flags: showFlags},
	browse: {usage: 'browse [ROOT…] [flags]', line: 'list the suites in some directories', more: 'By default where suites were written last.', flags: browseFlags},
	analyze: {usage: 'analyze FILE…|RUN [flags]', line: 'work out the figures of recorder files, or of a run once more', more: 'FILE is a recorder CSV, also compressed. Of a RUN, the figures are worked out again from the rows it kept, and compared with results.csv.\nTail figures with fewer than ten rows beyond them are marked as unsupported.', flags: analyzeFlags},
	serve: {usage: 'serve RUN [BENCHMARK…] [flags]', line: 'serve the Prometheus databases of a run that had -m', more: 'A server for each benchmark, on a copy and a free port, until Ctrl-C.', flags: {grafana: {type: 'boolean', help: 'write dashboards for Grafana, and start it where it is installed'}, 'suite-directory': {type: 'string', short: 's', value: 'DIR', help: 'where runs are looked for (default ./runs)'}}},
	flame: {usage: 'flame RUN [BENCHMARK] [LABEL] [flags]', line: 'walk through a profile of a run that had -p', more: 'Where there is no terminal, its heaviest frames.', flags: {...themeFlag, 'suite-directory': {type: 'string', short: 's', value: 'DIR', help: 'where runs are looked for (default ./runs)'}}},
	init: {usage: 'init [DIR]', line: 'write a project of your own that runs as it is', flags: {}},
	config: {usage: 'config [--schema]', line: 'print the configuration that holds here', more: 'It is read from benchdeck.config.json, here or in a folder above, and from ~/.config/benchdeck/config.json (XDG_CONFIG_HOME).\nA flag counts more than the project\'s file, and that more than the user\'s.', flags: {schema: {type: 'boolean', help: 'the JSON schema of such a file'}}},
	completion: {usage: 'completion SHELL', line: 'print the completions of bash, zsh or fish', more: 'bash: source <(benchdeck completion bash); zsh, after compinit: source <(benchdeck completion zsh);\nfish: benchdeck completion fish | source. Suites, runs and flags are completed.', flags: {}},
	check: {usage: 'check --cluster FILE [SUITE] [flags]', line: 'look whether the hosts of a cluster are ready', more: 'With a SUITE, also for what that needs: programs, ports, roles. Without --cluster, this machine.\nExit codes: 0 ready, 1 something must be mended, 2 usage or configuration.', flags: checkFlags},
	reap: {usage: 'reap [--cluster FILE] [flags]', line: 'end what crashed runs left on hosts', more: 'It knows procs by benchdeck\'s mark in their environment, and never touches what belongs to a run that is going on. Without --cluster, on this machine.\nExit codes: 0 nothing is left, 1 something could not be ended or a host not be reached.', flags: reapFlags},
	plot: {usage: 'plot RUN…|FIGURE.json [flags]', line: 'plot runs, in the terminal or as PDF or SVG', more: 'With -o fig.pdf the data are written to fig.csv and the whole figure to fig.json; `benchdeck plot fig.json` draws it again, changed by what flags are given.', flags: plotFlags},
	report: {usage: 'report RUN… -o FILE.html', line: 'write a page of runs that needs no network', flags: reportFlags},
	compare: {usage: 'compare RUN RUN… [flags]', line: 'compare runs with a baseline, by default the first', more: 'Benchmarks are matched on the inputs that both runs have and that vary; what was not matched is printed with its reason.', flags: compareFlags},
	help: {usage: 'help [COMMAND]', line: 'this text, or a command\'s', flags: {}},
};

export const commandNames = Object.keys(commands);

/** All commands, for who lists them. */
export const commandList = Object.entries(commands).map(([name, command]) => ({name, ...command}));

/** The flags of a command. */
export function commandFlags(name: string): FlagTable {
	return commands[name]?.flags ?? {};
}

/** Every flag of every command; where two commands have one of the same name, the first. */
export function allFlags(): FlagTable {
	return Object.fromEntries(Object.values(commands).toReversed().flatMap(({flags}) => Object.entries(flags)));
}

/** The help of benchdeck, or of one command. */
export function helpText(name?: string): string {
	const command = name === undefined ? undefined : commands[name];
	if (command) {
		const flags = flagHelp(command.flags);
		return `benchdeck ${command.usage}\n\n${sentence(command.line)}\n${command.more === undefined ? '' : `${command.more}\n`}${flags === '' ? '' : `\nFlags:\n${flags}`}`;
	}

	const width = Math.max(...Object.values(commands).map(({usage}) => usage.length)) + 2;
	const lines = Object.values(commands).map(({usage, line}) => `  benchdeck ${usage.padEnd(width)}${line}\n`).join('');
	return `benchdeck runs benchmark suites of distributed systems.\n\n${lines}  benchdeck ${'--version'.padEnd(width)}the version\n\nbenchdeck help run lists the flags; benchdeck run SUITE --help a suite's own.\n`;
}

function sentence(line: string): string {
	return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
