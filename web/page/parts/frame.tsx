// The frame of all dialogs.
import type {ComponentChildren} from 'preact'
import {useEffect, useRef} from 'preact/hooks'
import {dialog} from '../state'
import {t} from '../words'

export function Frame({title, children}: {title: string; children: ComponentChildren}) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    element.current?.showModal()
  }, [])
  return (
    <dialog ref={element} aria-label={title} onClose={() => (dialog.value = null)}
      onClick={event => event.target === element.current && element.current?.close()}>
      <header><h2>{title}</h2><button class="quiet" onClick={() => element.current?.close()} aria-label={t('close')}>✕</button></header>
      {children}
    </dialog>
  )
}
