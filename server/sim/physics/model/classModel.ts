import type { Where } from './slices.ts'

/** One attribute of a source's requests: its values, each with its share and the slot of the factor on its traffic. */
export interface AttributeModel {
  readonly name: string
  readonly values: readonly {
    readonly name: string
    readonly share: number
    readonly slot: number
  }[]
}

/** Part of the requests of a component that is treated unlike the rest. */
export interface SliceModel {
  readonly index: number
  readonly name: string
  readonly title: string
  readonly component: number
  readonly slot: number
  /** Sources it may come from; null: any. */
  readonly from: readonly number[] | null
  readonly where: Where
  /** Slots of the versions it is about; empty: all versions. And of all versions of the component. */
  readonly versions: readonly number[]
  readonly siblings: readonly number[]
}

/** Requests that every slice of the system treats alike: of one source, with certain values of the attributes that matter. */
export interface ClassModel {
  readonly index: number
  /** −1: none; they are requests of jobs. */
  readonly source: number
  /** Slices that take them. */
  readonly slices: readonly number[]
  /** One group of values for each attribute that matters (see `SourceClasses.groups`); the class is all these combinations. */
  readonly combinations: readonly (readonly number[])[]
}

/** How a source's requests are divided. */
export interface SourceClasses {
  readonly source: number
  readonly attributes: readonly AttributeModel[]
  /** Places of the attributes that make a difference to some slice. */
  readonly relevant: readonly number[]
  /** For each attribute its values in groups that all slices treat alike. */
  readonly groups: readonly (readonly (readonly number[])[])[]
  readonly classes: readonly number[]
  /** Places of the attributes its metrics are broken down by. */
  readonly broken: readonly number[]
}

/** A slice at one cell, with its place among all token buckets of slices. */
export interface SliceHere {
  readonly slice: SliceModel
  readonly bucket: number
}
/** How the requests of a system differ. Without slices there are no classes, and nothing is computed. */
export interface ClassesModel {
  readonly slices: readonly SliceModel[]
  readonly classes: readonly ClassModel[]
  /** By source. */
  readonly sources: readonly SourceClasses[]
  /** By cell: slices that act there; and whether they do there or at anything called from there. */
  readonly here: readonly (readonly SliceHere[])[]
  readonly carries: readonly boolean[]
  /** By cell and class: those of `here` that take the class. */
  readonly taken: readonly (readonly (readonly SliceHere[])[])[]
  readonly buckets: number
  /** The class of requests that come from no source: those of jobs; −1: there are no jobs. */
  readonly unnamed: number
}
