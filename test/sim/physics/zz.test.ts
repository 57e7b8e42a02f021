import { expect, it } from 'vitest'
import { lab, single } from './lab.ts'
import { A } from '../../../server/sim/physics/state.ts'

it('drained', () => {
  const x = lab({components:{web:{kind:'service',title:'W',concurrency:10,service_time:'100ms',versions:{v1:{share:1}}}},traffic:{u:{title:'U',to:'web',rate:'200/s',noise:0,retries:0}}})
  x.run(30)
  x.effects=[{path:'web.versions.v1.drained',op:'set',value:1}]
  x.run(30)
  const st=x.state.stations[0]!
  console.log('drained', st.inSystem, st.busy, st.waiting.reduce((a,b)=>a+b,0))
})
it('lifo', () => {
  const x = lab(single({concurrency:30,service_time:'100ms',lifo:true,memory:{per_request:0}},{rate:'400/s',timeout:'1s'}))
  x.run(300)
  const s=x.run(5)
  console.log('lifo', s)
})
it('queue down', () => {
  const x = lab({components:{api:{kind:'service',title:'A',calls:{jobs:{}}},jobs:{kind:'queue',title:'J'},w:{kind:'worker',title:'W',consumes:'jobs',service_time:'1s',concurrency:4, queue_limit: 0}},traffic:{u:{title:'U',to:'api',rate:'50/s',noise:0,retries:0}}})
  x.run(60)
  const before=x.state.stations[1]!.messages.reduce((a,b)=>a+b,0)
  x.effects=[{path:'jobs.up',op:'set',value:0}]
  const s=x.run(60)
  console.log('queue', before, x.state.stations[1]!.messages.reduce((a,b)=>a+b,0), s['w.rps'], s['w.error_ratio'], s['w.rps_5xx'])
})
it('max messages', () => {
  const x = lab({components:{api:{kind:'service',title:'A',calls:{jobs:{}}},jobs:{kind:'queue',title:'J',max_messages:100,errors:{500:0.8}}},traffic:{u:{title:'U',to:'api',rate:'50/s',noise:0,retries:0}}})
  x.run(60)
  const s=x.run(5)
  console.log('max', s['jobs.rps'], s['jobs.rps_5xx'], s['jobs.goodput_rps'], s['api.error_ratio'], s['api.rps_5xx'])
})
it('low rate', () => {
  for (const r of [0.1,0.5,1,2,5]) {
  const x = lab({components:{web:{kind:'service',title:'W',errors:{503:0.5}}},traffic:{u:{title:'U',to:'web',rate:r+'/s',noise:0.03,retries:1}}})
  x.run(3000)
  const q=x.state.sources[0]!
  console.log('low', r, q.begun/3000, q.bad/q.total)
  }
})
it('nan', () => {
  for (let a=1;a<40;a++) for (let b=1;b<40;b++) {
    const x = lab({components:{web:{kind:'service',title:'W',cv:0,errors:{404:a/40,500:b/40,503:1},calls:{db:{timeout:'15ms'}}},db:{kind:'database',title:'D',cv:0}},traffic:{u:{title:'U',to:'web',rate:'20/s',noise:0.03,retries:1,timeout:'12ms'}}})
    x.run(5)
    if (!Number.isFinite(x.state.stations[0]!.inSystem) || !Number.isFinite(x.state.sources[0]!.bad)) console.log('NaN',a,b)
  }
})
it('unreached', () => {
    const x = lab({components:{web:{kind:'service',title:'W'},db:{kind:'database',title:'D',up:false}},traffic:{u:{title:'U',to:'web',rate:'20/s'}}})
    console.log('health', x.run(5)['db.health'])
})
