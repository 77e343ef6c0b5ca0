import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {benchdeck, cli, type Result, temporaryFolder} from '../helpers/command.ts';
import {PtyCommand} from '../helpers/pty.ts';

type Files = {readonly project?: unknown; readonly user?: unknown};

/** Runs a command two folders below a project's file, with a user's file. */
async function inProject(context: TestContext, {project, user}: Files, ...words: readonly string[]): Promise<Result & {readonly folder: string}> {
	const folder = fs.realpathSync(temporaryFolder(context));
	const cwd = path.join(folder, 'project/inner');
	const home = path.join(folder, 'config/benchdeck');
	fs.mkdirSync(cwd, {recursive: true});
	fs.mkdirSync(home, {recursive: true});
	const write = (file: string, content: unknown) => {
		if (content !== undefined) {
			fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
		}
	};

	write(path.join(folder, 'project/benchdeck.config.json'), project);
	write(path.join(home, 'config.json'), user);
	return {folder, ...await benchdeck(words, {cwd, env: {...process.env, XDG_CONFIG_HOME: path.join(folder, 'config')}})};
}

test('A flag counts more than the project\'s file, and that more than the user\'s', async context => {
	const files = {project: {flags: {only: '2', 'log-level': 'warn'}}, user: {flags: {only: '1', engine: 'jar', set: ['duration=5s']}}};
	const plan = async (...words: readonly string[]) => {
		const {stdout, stderr} = await inProject(context, files, 'plan', 'unreplicated/smoke', '--json', ...words);
		assert.equal(stderr, '');
		const {benchmarks} = JSON.parse(stdout) as {
			readonly benchmarks: ReadonlyArray<{
				readonly index: number;
				readonly input: Readonly<Record<string, unknown>>;
				readonly processes: ReadonlyArray<{readonly argv: readonly string[]}>;
			}>;
		};
		const [{index, input, processes}] = benchmarks as [typeof benchmarks[number]];
		return [index, input['server_log_level'], input['duration'], processes[0]?.argv[0]];
	};

	assert.deepEqual(await plan(), [2, 'warn', '0:00:05', 'java']);
	assert.deepEqual((await plan('--only', '3', '--engine', 'rehearsal', '--set', 'timeout=9s')).slice(0, 3), [3, 'warn', '0:00:02']);
});

test('What lists and paths mean in two files is told by config', async context => {
	const {stdout, folder} = await inProject(context, {
		project: {roots: ['runs', '/nfs'], flags: {'suite-directory': 'runs'}, keys: {zoom: 'x'}, timestamps: ['%H:%M:%S'], causes: [{pattern: 'boom', remedy: 'Duck.'}]},
		user: {roots: ['/nfs', '~/all'], theme: 'light', keys: {zoom: ['f'], wrap: ['W']}},
	}, 'config');
	const {files, ...config} = JSON.parse(stdout) as {readonly files: readonly string[]};
	assert.deepEqual(files, [path.join(folder, 'project/benchdeck.config.json'), path.join(folder, 'config/benchdeck/config.json')]);
	assert.deepEqual(config, {
		flags: {'suite-directory': path.join(folder, 'project/runs')}, roots: [path.join(folder, 'project/runs'), '/nfs', path.join(os.homedir(), 'all')],
		keys: {zoom: ['x'], wrap: ['W']}, timestamps: ['%H:%M:%S'], theme: 'light', causes: [{name: 'configured', pattern: 'boom', remedy: 'Duck.'}],
	});
});

test('A person\'s own known cause says what to do about a death', async context => {
	const project = {causes: [{pattern: 'the moon is full', remedy: 'Wait for the new moon.'}]};
	const {folder} = await inProject(context, {project}, 'config');
	fs.writeFileSync(path.join(folder, 'project/moon.ts'), `import {fromFiles, protocol, suite, z} from 'benchdeck';
const moon = protocol({
	name: 'moon', input: z.object({}), start: [], roles: {clients: {count: () => 1, command: () => ['sh', '-c', 'echo the moon is full >&2; exit 3']}},
	output: fromFiles([], z.object({}), () => ({})),
});
export default suite({protocol: moon, inputs: () => [{}], summary: []});
`);
	const {code, stdout, stderr} = await benchdeck(['run', './moon.ts', '--json'], {cwd: path.join(folder, 'project')});
	assert.equal(code, 1, stderr);
	assert.match(stdout, /"hint":"Wait for the new moon\."/);
});

for (const [name, project, message] of [
	['a text that is no JSON', '{"flags": ', /benchdeck\.config\.json: is no JSON: /],
	['an unknown key', {flag: {}}, /benchdeck\.config\.json: flag: there is no such key; did you mean flags\?\n$/],
	['an unknown flag', {flags: {monitr: true}}, /benchdeck\.config\.json: flags\.monitr: no command takes a flag --monitr; did you mean monitor\?\n$/],
	['a flag of the wrong kind', {flags: {monitor: 'yes'}}, /flags\.monitor: takes true or false, not "yes"\.\n$/],
	['a flag with a word that it does not know', {flags: {engine: 'jarr'}}, /flags\.engine: takes embedded, jar or rehearsal, not "jarr"\.\n$/],
	['a flag that counts', {flags: {'max-failures': 'two'}}, /flags\.max-failures: takes a number, not "two"\.\n$/],
	['a theme that is none', {theme: 'pink'}, /benchdeck\.config\.json: theme: "pink" is none of dark, light, plain, auto\.\n$/],
	['a key of a command that no screen has', {keys: {qit: 'x'}}, /benchdeck\.config\.json: keys\.qit: no screen has such a command; did you mean quit\?\n$/],
	['a key that is none', {keys: {quit: 3}}, /keys\.quit: takes a key or a list of keys, not 3\.\n$/],
	['a pattern that is none', {causes: [{pattern: '(', remedy: 'x'}]}, /causes\.0\.pattern: is no regular expression\.\n$/],
	['a cause with a key too much', {causes: [{pattern: 'x', remedy: 'x', cause: 1}]}, /causes\.0\.cause: there is no such key\.\n$/],
	['a time pattern that is none', {timestamps: ['%K']}, /timestamps\.0: The time pattern %K holds %K/],
] as const) {
	test(`An error names file and key: ${name}`, async context => {
		const {code, stdout, stderr} = await inProject(context, {project}, 'list');
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, message);
		assert.equal(stderr.trimEnd().split('\n').length, 1);
	});
}

test('What only a command can judge of a flag has the place in the file too, unless the flag was given', async context => {
	const files = {project: {flags: {only: '1-'}}};
	const {folder, code, stderr} = await inProject(context, files, 'plan', 'unreplicated/smoke');
	assert.equal(code, 2);
	assert.ok(stderr.startsWith(`${path.join(folder, 'project/benchdeck.config.json')}: flags.only: --only `), stderr);
	assert.match((await inProject(context, files, 'plan', 'unreplicated/smoke', '--only', '2-')).stderr, /^--only /);
});

test('Keys and theme reach the screen', async context => {
	const home = temporaryFolder(context);
	fs.mkdirSync(path.join(home, 'benchdeck'));
	const file = path.join(home, 'benchdeck/config.json');
	const screen = (words: readonly string[]) => {
		const pty = new PtyCommand(process.execPath, [cli, ...words], {cwd: home, env: {XDG_CONFIG_HOME: home, XDG_STATE_HOME: home}});
		context.after(() => {
			pty.kill('SIGKILL');
		});
		return pty;
	};

	fs.writeFileSync(file, JSON.stringify({keys: {quit: 'x'}, theme: 'light'}));
	fs.mkdirSync(path.join(home, 'runs'));
	const browser = screen(['browse', 'runs']);
	await browser.waitFor(/x quit/);
	browser.press('x');
	assert.equal((await browser.exited()).exitCode, 0);
});

test('The package has the schema of such a file, for editors', async () => {
	const shipped = fs.readFileSync(fileURLToPath(new URL('../../build/config.schema.json', import.meta.url)), 'utf8');
	assert.equal((await benchdeck(['config', '--schema'])).stdout, shipped);
	const {additionalProperties, properties} = JSON.parse(shipped) as {
		readonly additionalProperties: boolean;
		readonly properties: Readonly<Record<string, {readonly description?: string; readonly properties?: Readonly<Record<string, unknown>>}>>;
	};
	assert.equal(additionalProperties, false);
	assert.deepEqual(Object.keys(properties), ['$schema', 'flags', 'roots', 'keys', 'theme', 'timestamps', 'causes']);
	assert.match(properties['flags']?.description ?? '', /^Defaults for flags/);
	assert.deepEqual(properties['flags']?.properties?.['engine'], {
		description: 'what runs the roles, by default the first that the protocol has; a rehearsal runs small stand-ins for any protocol',
		enum: ['embedded', 'jar', 'rehearsal'],
	});
});
