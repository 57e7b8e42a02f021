import { useState } from 'react'
import type { MitigationInfo } from '../../../shared/contracts/mitigations.ts'
import { send } from '../../net/send.ts'
import { useMine, useView } from '../../store/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { duration } from '../../ui/format.ts'
import { endProposal, showRight, useDesk, type Proposal } from '../deskState.ts'
import { OddsList } from './OddsList.tsx'
import { ParamField } from './ParamField.tsx'
import { paramsFrom } from './proposal.ts'
import form from '../form.module.css'
import styles from './actions.module.css'

/** The dialog for whatever action is being proposed on this desk; nothing when none is. Mounted once by each desk. */
export function ProposeDialog() {
  const proposal = useDesk((s) => s.proposal)
  const info = useView('mitigations')?.catalogue.find((m) => m.id === proposal?.mitigation)
  if (!proposal || !info) return null
  return <Propose key={info.id} info={info} proposal={proposal} />
}

function Propose({ info, proposal }: { readonly info: MitigationInfo; readonly proposal: Proposal }) {
  const books = useView('playbooks')?.books
  const settings = useView('lifecycle')?.settings
  const can = useMine('mitigations')?.canPropose ?? []
  const [written, setWritten] = useState<Readonly<Record<string, string>>>(proposal.params)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const { cite } = proposal
  const book = books?.find((b) => b.id === cite?.book)
  const step = book?.steps.find((s) => s.id === cite?.step)
  const possible = can.includes(info.id)
  const propose = async () => {
    setBusy(true)
    const answer = await send({
      type: 'mitigations.propose',
      mitigation: info.id,
      params: paramsFrom(info, written),
      reason,
      cite,
    })
    setBusy(false)
    if (!answer.ok) return
    endProposal()
    showRight('actions')
  }
  return (
    <Dialog open title={info.title} onClose={endProposal}>
      <form
        className={styles.form}
        onSubmit={(e) => {
          e.preventDefault()
          void propose()
        }}
      >
        <p>{info.description}</p>
        <p className={styles.meta}>
          Takes {duration(info.durationMs)} of exercise time and one pair of hands.{' '}
          {cite
            ? `Cites ${book?.title ?? cite.book}: ${step?.title ?? cite.step}.`
            : 'Cites no playbook step.'}
        </p>
        {info.params.map((param) => (
          <ParamField
            key={param.id}
            param={param}
            written={written[param.id]}
            onWrite={(value) => setWritten({ ...written, [param.id]: value })}
          />
        ))}
        <label className={styles.field}>
          Why, in a line
          <input
            className={form.input}
            value={reason}
            maxLength={280}
            onChange={(e) => setReason(e.target.value)}
            placeholder="What you saw and what you expect"
          />
        </label>
        {settings?.dice !== 'off' && <OddsList odds={cite ? info.oddsCited : info.odds} />}
        {!possible && (
          <p className={styles.unavailable}>{info.unavailable ?? 'Your seat cannot propose this now.'}</p>
        )}
        <p className={styles.meta}>
          {settings?.approval === 'commander' && 'The incident commander approves it; then you commit.'}
          {settings?.approval === 'gm' && 'The game master approves it; then you commit.'}
          {settings?.approval === 'none' && 'No approval needed: you commit next.'}
        </p>
        <div className={styles.formActs}>
          <Button kind="quiet" onClick={endProposal}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" disabled={busy || !possible}>
            Propose
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
