// The comment on the position.
import {quiz} from '../quiz'
import {comment, game, position} from '../state'
import {t} from '../words'

export function Comment() {
  const now = game.value
  const here = position.value
  if (!now || !here || quiz.value) return null
  const text = now.comments[String(here.node)] ?? ''
  return (
    <section class="comment">
      <label>{t('comment')}
        <textarea rows={text ? 4 : 1} value={text} key={`${now.game} ${here.node}`}
          onChange={event => comment(event.currentTarget.value)} />
      </label>
    </section>
  )
}
