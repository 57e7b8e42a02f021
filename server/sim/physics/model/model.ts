import type { MetricInfo } from '../../../../shared/contracts/system.ts'
import type { Quantity } from '../../scenario/units.ts'
import type { DatabaseModel, Part } from './databaseModel.ts'
import type { ClassesModel } from './classModel.ts'
import type { KeyClasses } from './keyClasses.ts'
import type { ServerKind } from '../parameters.ts'

/** One number of the vector: its path in effects, its range, and the value the scenario gives it. */
export interface Slot {
  readonly path: string
  readonly quantity: Quantity
  readonly min: number
  readonly max: number
}
export interface VersionModel {
  readonly name: string
  readonly slot: number
  /** Its place among all versions of the system. */
  readonly index: number
}
/** A place where instances run. */
export interface ZoneModel {
  readonly index: number
  readonly id: string
  readonly region: string
  readonly slot: number
}
/** The way from one caller cell, or from a source of traffic, to one cell of what it calls. */
export interface ArmModel {
  readonly index: number
  /** The call it belongs to, or −1 for a source of traffic. */
  readonly call: number
  /** The source it belongs to, or −1. */
  readonly source: number
  /** The cell that calls, or −1 for a source. */
  readonly from: number
  /** The cell that is called. */
  readonly to: number
  /** Parameters of the call or source it belongs to. */
  readonly slot: number
  /** Places in the vector: timeout, delay and loss of the call or source, partition of the called cell. */
  readonly timeout: number
  readonly delay: number
  readonly loss: number
  readonly partition: number
  /** Places of the called cell's certificate, and of whether the caller checks it. */
  readonly certificate: number
  readonly verify: number
  /** Place of the round trip between the zones of both ends; −1: none. */
  readonly network: number
  /** Places of the losses of both zones, when they differ. */
  readonly zoneLosses: readonly number[]
  /** Both ends are in one zone. */
  readonly local: boolean
}
/** A call of one caller cell. The cells of a component make the same calls, with the same parameters. */
export interface CallModel {
  readonly index: number
  /** The cell that calls. */
  readonly from: number
  /** The component that is called. */
  readonly to: number
  readonly slot: number
  readonly title: string
  readonly onMiss: boolean
  /** The call whose cache misses cause this one; −1: the misses of the caller itself, which is a cache. */
  readonly missesOf: number
  /** A call to a cache that another call stands in for when it misses or fails. */
  readonly covered: boolean
  /** What of it goes to a database this way: reads and writes may be two calls. */
  readonly part: Part
  /** One for each cell of what is called. */
  readonly arms: readonly ArmModel[]
}
/** Instances of a component that share zone and group: one queueing station. */
export interface CellModel {
  readonly index: number
  /** The component it is a part of. */
  readonly component: number
  /** Id of that component. */
  readonly id: string
  readonly kind: ServerKind
  /** Its place among the zones, or −1. */
  readonly zone: number
  /** Place of the zone's `up` in the vector, or −1. */
  readonly zoneUp: number
  readonly group: string | null
  readonly slot: number
  readonly versions: readonly VersionModel[]
  /** Calls it makes, a cache always before the calls its misses cause. */
  readonly calls: readonly CallModel[]
  /** Ways by which calls and sources reach it. */
  readonly calledBy: readonly ArmModel[]
  readonly reachedBy: readonly ArmModel[]
  /** Both, one after the other. */
  readonly reachedOver: readonly ArmModel[]
  /** First cell of the queue a worker works on, or −1. */
  readonly consumes: number
  /** Where the work of those comes from whom nobody calls: a queue, or the run of a job. */
  readonly supply: 'queue' | 'run' | null
  /** First cell of its component, which keeps what all cells share: messages, an object. */
  readonly first: number
  /** It is the only cell of its component. */
  readonly alone: boolean
  readonly keys: KeyClasses | null
  readonly objectSize: number
  /** Its place among the databases and among the members of its own, or −1. */
  readonly database: number
  readonly member: number
}
/** A part of a component that has metrics of its own: the cells of a zone, or a group. */
export interface PartModel {
  /** What its metrics begin with. */
  readonly metrics: string
  readonly title: string
  readonly cells: readonly number[]
}
/** What people see as one thing. It has one cell, or one for each zone and each group. */
export interface ComponentModel {
  readonly index: number
  readonly id: string
  /** What its metrics begin with. */
  readonly metrics: string
  readonly kind: ServerKind
  readonly title: string
  readonly description: string
  readonly versions: readonly VersionModel[]
  readonly cells: readonly number[]
  /** Empty when there is one cell. */
  readonly parts: readonly PartModel[]
  /** Its author has it turn requests away, or it is a load balancer. */
  readonly sheds: boolean
  /** Calls with a pool of connections, by callee. */
  readonly pooled: readonly { readonly to: string; readonly calls: readonly number[] }[]
  /** Calls whose callees are checked or ejected: the same call of every cell, by callee. */
  readonly checked: readonly { readonly to: string; readonly calls: readonly number[] }[]
  readonly keys: KeyClasses | null
  /** The author gave it a certificate, a quota. */
  readonly certified: boolean
  readonly limited: boolean
  /** Its instances have a disk worth watching. */
  readonly disk: boolean
  readonly database: DatabaseModel | null
}
export interface SourceModel {
  readonly index: number
  readonly id: string
  readonly title: string
  /** The component it reaches. */
  readonly to: number
  readonly slot: number
  readonly arms: readonly ArmModel[]
  /** Exercise seconds and factors. */
  readonly shape: readonly { readonly at: number; readonly scale: number }[]
}
/** Replicas of a component with several cells: the whole, and the cells it is divided over. */
export interface DividedModel {
  /** Place of the whole. */
  readonly slot: number
  readonly component: number
  /** Places of the replicas of zones' cells, which share evenly what groups leave. */
  readonly even: readonly number[]
  /** Places of the replicas of groups, which take their own count first. */
  readonly own: readonly { readonly slot: number; readonly count: number }[]
}

/** Callers that find what they call by a name: the arms of one call or source, and the name server they ask. */
export interface LookupModel {
  readonly index: number
  readonly via: number
  /** The cell that calls, the call or the source; −1 for what it is not. */
  readonly from: number
  readonly call: number
  readonly source: number
  readonly arms: readonly ArmModel[]
}

/** A component with an autoscaler. */
export interface ScaledModel {
  readonly component: number
  /** Parameters of its first cell, which say how it is scaled, and place of the number of its instances. */
  readonly slot: number
  readonly replicas: number
  readonly cells: readonly number[]
  /** By cell: instances of a group, or −1. */
  readonly groups: readonly number[]
  /** First cell of the queue a worker works on, or −1. */
  readonly consumes: number
}

/** The static side of a simulated system, made once from a scenario. Never changes; holds no state. */
export interface Model {
  readonly components: readonly ComponentModel[]
  readonly cells: readonly CellModel[]
  readonly calls: readonly CallModel[]
  readonly arms: readonly ArmModel[]
  readonly lookups: readonly LookupModel[]
  readonly sources: readonly SourceModel[]
  readonly databases: readonly DatabaseModel[]
  readonly versions: readonly VersionModel[]
  readonly zones: readonly ZoneModel[]
  /** Cell indexes so that everything called comes before its callers. */
  readonly order: readonly number[]
  /** First cells of the jobs. */
  readonly scheduled: readonly number[]
  readonly slots: readonly Slot[]
  readonly base: readonly number[]
  readonly divided: readonly DividedModel[]
  /** How its requests differ. */
  readonly classes: ClassesModel
  readonly scaled: readonly ScaledModel[]
  /** Place of the number of instances there is room for. */
  readonly cluster: number
  /** Places in the vector by the path that names them: several when a path speaks of several cells. */
  readonly paths: ReadonlyMap<string, readonly number[]>
  /** What the telemetry of this system consists of, in the order of `takeSample`. */
  readonly metrics: readonly MetricInfo[]
  /** Arrows of the map, by id; sources of traffic are `traffic.<id>`. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[]
}
