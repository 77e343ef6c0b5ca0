import assert from 'node:assert/strict';
import test from 'node:test';
import {foldCpuProfile} from '../../source/core/cpu-profile.ts';
import {flameSvg} from '../../source/core/flame-svg.ts';
import {flameTree, heaviest, matchingValue} from '../../source/core/flame-tree.ts';
import {foldedText, parseFolded} from '../../source/core/folded-stacks.ts';
import {PerfFolder} from '../../source/core/perf-script.ts';

function perf(text: string): Readonly<Record<string, number>> {
	const folder = new PerfFolder();
	for (const line of text.split('\n')) {
		folder.push(line);
	}

	return Object.fromEntries(folder.stacks);
}

test('A profile of V8\'s is folded by the time of its samples, waiting left out', () => {
	const frame = (id: number, functionName: string, children: readonly number[], url = '') => ({id, callFrame: {functionName, url, lineNumber: 11}, children});
	const profile = {
		nodes: [frame(1, '(root)', [2, 5]), frame(2, 'onData', [3], 'file:///a/server.js'), frame(3, 'handle;Request', [4], 'file:///a/server.js'), frame(4, '', []), frame(5, '(idle)', [])],
		samples: [3, 4, 3, 5, 2],
		timeDeltas: [100, 200, 300, 5000, 50],
	};
	const stacks = foldCpuProfile(JSON.stringify(profile));
	assert.equal(foldedText(stacks), [
		'onData server.js:12;handle:Request server.js:12 400', 'onData server.js:12;handle:Request server.js:12;(anonymous) 200', 'onData server.js:12 50', '',
	].join('\n'));
	assert.deepEqual(parseFolded(foldedText(stacks)), new Map([...stacks].toSorted(([, one], [, other]) => other - one)));
	assert.throws(() => foldCpuProfile('{"nodes": ['), /This is no profile of V8's/);
});

test('What perf script prints is folded from the root, with the names of Node, Java and C', () => {
	assert.deepEqual(perf(`node 123/123 10.1:  2004 cycles:u:
	    7f01 JS:*handleRequest file:///x/build/server.js:30:49+0x1f (/tmp/perf-1.map)
	    7f02 uv__read+0x4e (/usr/bin/node)

java 77/80 10.2:  2004 cycles:u:
	    7f03 Lcom/example/Server$1;::handle+0x20 (/tmp/perf-77.map)
	    7f04 [unknown] (/usr/lib/libjvm.so)

node 123/123 10.3:  2004 cycles:u:
	    7f01 JS:'handleRequest file:///x/build/server.js:30:49+0x2f (/tmp/perf-1.map)
	    7f02 uv__read+0x4e (/usr/bin/node)
	    7f05 node::Buffer::New(v8::Isolate*, unsigned long)+0x1 (/usr/bin/node)
`), {
		'node;uv__read;handleRequest server.js:30': 1,
		'java;[libjvm.so];com/example/Server$1::handle': 1,
		'node;node::Buffer::New(v8::Isolate*, unsigned long);uv__read;handleRequest server.js:30': 1,
	});
});

test('A tree counts each stack once for a search, and by name what is spent where', () => {
	const tree = flameTree(new Map([['main;read;handle', 6], ['main;handle;handle', 3], ['main', 1]]));
	assert.equal(tree.value, 10);
	assert.equal(matchingValue(tree, name => name === 'handle'), 9);
	assert.deepEqual(heaviest(tree), [{name: 'handle', self: 9}, {name: 'main', self: 1}]);
	const [main] = tree.children;
	assert.deepEqual(main?.children.map(({name, value}) => [name, value]), [['handle', 3], ['read', 6]]);
});

test('A flame graph is well-formed, its frames as wide as their share, whatever their names hold', () => {
	const svg = flameSvg(flameTree(new Map([['main;<b>&"\u{0}', 3], ['main;other', 1]])), {title: 'server <1>', unit: 'samples'});
	assert.match(svg, /<title>&lt;b&gt;&amp;"� \(3 samples, 75\.00 %\)<\/title><rect x="10" y="\d+" width="885"/);
	assert.match(svg, /<title>other \(1 samples, 25\.00 %\)<\/title><rect x="895" y="\d+" width="295"/);
	assert.match(svg, />server &lt;1&gt;<\/text>/);
	assert.equal(svg.match(/<g>/g)?.length, svg.match(/<\/g>/g)?.length);
});
