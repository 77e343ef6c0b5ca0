import {analyzeFlags} from './analyze-flags.ts';
import {flagHelp, type FlagTable} from './flag-table.ts';
import {brokenText, alignedRows} from './help-layout.ts';
import {checkFlags, reapFlags} from './host-flags.ts';
import {widthOf} from './output-stream.ts';
import {attachFlags, planFlags, resumeFlags, runFlags, stopFlags, themeFlag} from './run-flags.ts';
import {browseFlags, compareFlags, plotFlags, reportFlags, showFlags} from './results-flags.ts';

type CommandHelp = {readonly usage: string; readonly line: string; readonly more?: string; readonly flags: FlagTable; readonly examples: readonly string[]};

const commands: Readonly<Record<string, CommandHelp>> = {
	run: {
		usage: 'run SUITE [flags]',
		line: 'run a suite',
		more: 'SUITE is a name that `benchdeck list` shows, or a file such as ./my-suite.ts.\nExit codes: 0 all benchmarks finished, 1 some failed, 2 usage or configuration, 130 interrupted.',
		flags: runFlags,
		examples: [
			'run unreplicated/smoke',
			'run multipaxos/smoke --engine rehearsal --only 1',
			'run ./my-suite.ts --cluster ec2.json -i ~/.ssh/ec2.pem -m',
			'run unreplicated/lt --set duration=10s --repeat 3 --shuffle 1',
		],
	},
	plan: {
		usage: 'plan SUITE [flags]',
		line: 'print what a suite would start, and connect to nothing',
		flags: planFlags,
		examples: [
			'plan multipaxos/smoke',
			'plan unreplicated/lt --only \'num_client_procs > 1\'',
			'plan ./my-suite.ts --cluster ec2.json --commands',
			'plan unreplicated/smoke --engine jar --json',
		],
	},
	attach: {
		usage: 'attach RUN [flags]',
		line: 'open the console on a run, or print it where there is no terminal',
		more: 'RUN is a path, the run\'s unique word or enough of it, `last`, or `.`. Ctrl-C detaches; the run goes on.',
		flags: attachFlags,
		examples: ['attach last', 'attach HAOS --plain'],
	},
	stop: {
		usage: 'stop RUN [flags]',
		line: 'end a run in order',
		more: 'RUN is a path, the run\'s unique word or enough of it, `last`, or `.`. On the machine of its runner; returns when it has ended.',
		flags: stopFlags,
		examples: ['stop last', 'stop HAOS --json'],
	},
	resume: {
		usage: 'resume RUN [flags]',
		line: 'run what is missing or failed of a run',
		more: 'In the same directory, with the same inputs and program; earlier attempts move to NNN/attempt-1, and so on.',
		flags: resumeFlags,
		examples: ['resume last', 'resume HAOS --retries 1 --plain'],
	},
	list: {
		usage: 'list [flags]',
		line: 'list the suites',
		flags: {json: {type: 'boolean', help: 'JSON on stdout'}},
		examples: ['list', 'list --json'],
	},
	show: {
		usage: 'show RUN [flags]',
		line: 'show a run and its results',
		more: 'RUN is a path, the run\'s unique word or enough of it, `last`, or `.`; or a results.csv.',
		flags: showFlags,
		examples: [
			'show last',
			'show HAOS --columns \'+latency.p99_ms\' --sort -latency.p99_ms',
			'show last --triage',
			'show results.csv --where \'num_clients > 10\' --csv',
		],
	},
	browse: {
		usage: 'browse [ROOT…] [flags]',
		line: 'browse all suites that were run; without a terminal, a table of them',
		more: 'ROOT is a folder of suite directories, by default what the configuration lists, or where suites were written last.',
		flags: browseFlags,
		examples: ['browse', 'browse ~/runs /nfs/runs', 'browse --csv'],
	},
	analyze: {
		usage: 'analyze FILE…|RUN [flags]',
		line: 'work out the figures of recorder files, or of a run once more',
		more: lines(
			'FILE is a recorder CSV, also compressed. Of a RUN, the figures are worked out again from the rows it kept, and compared with results.csv.',
			'Tail figures with fewer than ten rows beyond them are marked as unsupported.',
		),
		flags: analyzeFlags,
		examples: ['analyze client_0_data.csv client_1_data.csv.gz --drop-prefix 2s', 'analyze *_data.csv --json', 'analyze last --write'],
	},
	serve: {
		usage: 'serve RUN [BENCHMARK…] [flags]',
		line: 'serve the Prometheus databases of a run that had -m',
		more: 'A server for each benchmark, on a copy and a free port, until Ctrl-C.',
		flags: {
			grafana: {type: 'boolean', help: 'write dashboards for Grafana, and start it where it is installed'},
			'suite-directory': {
				type: 'string',
				short: 's',
				value: 'DIR',
				help: 'where runs are looked for (default ./runs, else where suites were written last)',
			},
		},
		examples: ['serve last', 'serve HAOS 2 --grafana'],
	},
	flame: {
		usage: 'flame RUN [BENCHMARK] [LABEL] [flags]',
		line: 'walk through a profile of a run that had -p',
		more: 'Where there is no terminal, its heaviest frames.',
		flags: {
			...themeFlag,
			'suite-directory': {
				type: 'string',
				short: 's',
				value: 'DIR',
				help: 'where runs are looked for (default ./runs, else where suites were written last)',
			},
		},
		examples: ['flame last', 'flame HAOS 2 server'],
	},
	init: {usage: 'init [DIR]', line: 'write a project of your own that runs as it is', flags: {}, examples: ['init my-bench']},
	config: {
		usage: 'config [flags]',
		line: 'print the configuration that holds here',
		more: lines(
			'It is read from benchdeck.config.json, here or in a folder above, and from ~/.config/benchdeck/config.json (XDG_CONFIG_HOME).',
			'A flag counts more than the project\'s file, and that more than the user\'s.',
		),
		flags: {schema: {type: 'boolean', help: 'the JSON schema of such a file'}},
		examples: ['config', 'config --schema'],
	},
	completion: {
		usage: 'completion SHELL',
		line: 'print the completions of bash, zsh or fish',
		more: 'bash: source <(benchdeck completion bash); zsh, after compinit: source <(benchdeck completion zsh);\nfish: benchdeck completion fish | source. Suites, runs and flags are completed.',
		flags: {},
		examples: ['completion bash'],
	},
	check: {
		usage: 'check [SUITE] [flags]',
		line: 'look whether the hosts of a cluster are ready',
		more: lines(
			'With a SUITE, also for what that needs: programs, ports, roles. Without --cluster, the suite\'s own hosts, or this machine.',
			'Exit codes: 0 ready, 1 something must be mended, 2 usage or configuration.',
		),
		flags: checkFlags,
		examples: ['check', 'check unreplicated/lt --cluster ec2.json -i ~/.ssh/ec2.pem -m'],
	},
	reap: {
		usage: 'reap [flags]',
		line: 'end what crashed runs left on hosts',
		more: lines(
			'It knows procs by benchdeck\'s mark in their environment, and never touches what belongs to a run that is going on. Without --cluster, on this machine.',
			'Exit codes: 0 nothing is left, 1 something could not be ended or a host not be reached.',
		),
		flags: reapFlags,
		examples: ['reap', 'reap --cluster ec2.json -i ~/.ssh/ec2.pem'],
	},
	plot: {
		usage: 'plot RUN…|FIGURE.json [flags]',
		line: 'plot runs, in the terminal or as PDF or SVG',
		more: 'With -o fig.pdf the data are written to fig.csv and the whole figure to fig.json; `benchdeck plot fig.json` draws it again, changed by what flags are given.',
		flags: plotFlags,
		examples: [
			'plot last',
			'plot HAOS QWER --group-by num_proxy_leaders -o fig.pdf',
			'plot last --kind cdf --log-x',
			'plot fig.json --width 7in -o wide.svg',
		],
	},
	report: {
		usage: 'report RUN… -o FILE.html [flags]',
		line: 'write a page of runs that needs no network',
		flags: reportFlags,
		examples: ['report last -o report.html', 'report HAOS QWER --label HAOS=before -o report.html'],
	},
	compare: {
		usage: 'compare RUN RUN… [flags]',
		line: 'compare runs with a baseline, by default the first',
		more: 'Benchmarks are matched on the inputs that both runs have and that vary; what was not matched is printed with its reason.',
		flags: compareFlags,
		examples: ['compare HAOS QWER', 'compare last QWER --baseline QWER --metric \'latency.*\' --markdown'],
	},
	help: {usage: 'help [COMMAND]', line: 'print this text, or a command\'s', flags: {}, examples: ['help', 'help run']},
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

// Wider lines are hard to read.
const widest = 120;

/** The help of benchdeck, or of one command, for the width of the terminal. */
export function helpText(name?: string, columns = widthOf(process.stdout)): string {
	const width = Math.min(columns, widest);
	const command = name === undefined ? undefined : commands[name];
	return command ? commandText(command, width) : overview(width);
}

function commandText({usage, line, more, flags, examples}: CommandHelp, width: number): string {
	const parts = [
		`benchdeck ${usage}\n`,
		linesOf(`${sentence(line)}${more === undefined ? '' : `\n${more}`}`, width),
		...(Object.keys(flags).length === 0 ? [] : [`Flags:\n${flagHelp(flags, width)}`]),
		`Examples:\n${examples.map(words => `  benchdeck ${words}\n`).join('')}`,
	];
	return parts.join('\n');
}

function overview(width: number): string {
	const rows = Object.values(commands).map(({usage, line}) => [`  ${usage.replace(' [flags]', '')}`, line] as const);
	const parts = [
		'benchdeck runs benchmark suites of distributed systems.\n',
		'benchdeck COMMAND [flags]\n',
		alignedRows([...rows, ['  --version', 'print the version']], width),
		linesOf('benchdeck help COMMAND lists its flags; benchdeck run SUITE --help a suite\'s own. On a terminal, benchdeck alone opens the start screen.', width),
	];
	return parts.join('\n');
}

function linesOf(text: string, width: number): string {
	return brokenText(text, width).map(line => `${line}\n`).join('');
}

function lines(...texts: readonly string[]): string {
	return texts.join('\n');
}

function sentence(line: string): string {
	return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
