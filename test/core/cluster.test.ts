import assert from 'node:assert/strict';
import test from 'node:test';
import {clusterRoles, parseCluster} from '../../source/core/cluster.ts';

const faults: ReadonlyArray<readonly [what: string, text: string, message: RegExp]> = [
	['text that is not JSON', '{"1": ', /^Cluster file c\.json is not JSON: .+\.$/],
	['a list', '[]', /^Cluster file c\.json: the whole is not an object; write .*\.$/],
	['no f at all', '{}', /^Cluster file c\.json: there is no f in it; add at least /],
	['an f that is not a number', '{"one": {"clients": ["a"]}}', /^Cluster file c\.json: the key "one" is not a number; /],
	['an f that is no object of roles', '{"1": ["a"]}', /^Cluster file c\.json: "1" is not an object; /],
	['a role that is not a list', '{"1": {"clients": "localhost"}}', /^Cluster file c\.json: "1\.clients" is not a list; write \["ADDRESS", …\]\.$/],
	['an address that is not a string', '{"1": {"clients": ["a", 5]}}', /^Cluster file c\.json: "1\.clients\[1\]" is 5, not an address; /],
	['an empty address', '{"1": {"clients": [" "]}}', /^Cluster file c\.json: "1\.clients\[0\]" is " ", not an address; /],
	['an address with a port that cannot be', '{"1": {"clients": ["a", "u@b:99999"]}}', /^Cluster file c\.json: "1\.clients\[1\]" is "u@b:99999", which is no address; write host, /],
	['an address that ssh would take for a flag', '{"1": {"clients": ["-oProxyCommand=x"]}}', /^Cluster file c\.json: "1\.clients\[0\]" is "-oProxyCommand=x", which is no address; /],
	['an f that stands twice', '{\n"1": {"clients": ["a"]},\n"1": {"clients": ["b"]}}', /^Cluster file c\.json: the key "1" stands twice \(line 3\); keep one of them\.$/],
	['a role that stands twice', '{"1": {"clients": ["a"],\n"clients": ["b"]}}', /^Cluster file c\.json: the key "clients" stands twice in "1" \(line 2\); keep one of them\.$/],
];

for (const [what, text, message] of faults) {
	test(`A cluster file with ${what} is refused in one sentence with the place`, () => {
		assert.throws(() => parseCluster(text, 'c.json'), {name: 'BenchError', code: 'cluster', message});
	});
}

test('What a suite needs and a cluster lacks is named, with what it has', () => {
	const cluster = parseCluster('{"1": {"clients": ["10.0.0.1"], "server": []}, "2": {"clients": ["10.0.0.1"]}}', 'c.json');
	assert.deepEqual(clusterRoles(cluster, 2, ['clients'], 'c.json'), {clients: ['10.0.0.1']});
	assert.throws(() => clusterRoles(cluster, 3, ['clients'], 'c.json'), {code: 'cluster', message: 'Cluster file c.json: there is no f = 3; it has f = 1, f = 2; add "3" or set another f.'});
	assert.throws(() => clusterRoles(cluster, 2, ['clients', 'server'], 'c.json'), {
		code: 'cluster',
		message: 'Cluster file c.json: f = 2 lacks the role "server"; it has clients; add "server": ["ADDRESS"].',
	});
	assert.throws(() => clusterRoles(cluster, 1, ['server'], 'c.json'), {code: 'cluster', message: 'Cluster file c.json: "1.server" is empty; name at least one address.'});
});
