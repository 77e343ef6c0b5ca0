import {repeated, suite} from '../../source/index.ts';
import {fig2Inputs, fig2Summary} from './fig2.ts';
import {simplebpaxos} from './simplebpaxos.ts';

export default suite({
	protocol: simplebpaxos,
	name: 'simplebpaxos_nsdi_fig_2_ablation',
	description: 'Three to ten leaders and proposers, beside super nodes: what taking BPaxos apart gains (NSDI, figure 2).',
	inputs: () => repeated(3, [3, 4, 5, 6, 7, 8, 9, 10].flatMap(leaders => fig2Inputs(leaders, '32G'))),
	summary: fig2Summary,
});
