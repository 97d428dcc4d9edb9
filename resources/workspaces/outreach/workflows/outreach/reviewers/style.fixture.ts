/** Real prose for the table tests: what the style reviewer must mark down, and what it must leave alone. */
export const faulty: readonly string[] = [
  'I just wanted to say that this is really a very good offer, and frankly it is absolutely unique.',
  'The contract was sent by our lawyers. It was signed by the board, the fee was paid by the customer, and it was kept by the bank. A copy was brought to us.',
  'Our guys need more manpower. The chairman says that it is a crazy plan, and the salesmen agree.',
  'BUY TODAY and save! This offer ends soon! You will not find a better price ANYWHERE!',
  'Basically, the software was written by students. It is extremely fast, and it was chosen by many firms. Frankly, it is unbeatable.',
  'Obviously you are totally right, and we actually made a mistake. It was really, truly a very bad day.',
  'The goods were lost by the carrier. URGENT help was given by our firemen, and the damage was seen by nobody!!',
  'We simply believe that our product is literally the best. Surely you will definitely love it, perhaps even today.',
]

export const clean: readonly string[] = [
  'Thank you for your order. It leaves our warehouse on Monday, and you will have it by Thursday.',
  'We can deliver twenty desks by Friday, and the chairs follow a week later. You pay after the delivery.',
  'Our engineers found the fault last night. They have corrected it, and the system works again since six this morning.',
  'You asked for a report on costs. My colleague writes it this week and sends it to you before the meeting.',
  'The price of the plan stays the same. You get two more seats, and your team can use the mobile app.',
  'I would like to hear what you think of the draft. If you have no time this week, next Tuesday is fine too.',
  'We made a mistake in your invoice, and I am sorry about it. You will get the money back within three days.',
  'The people at your front desk have helped us a lot. Please thank them from all of us at NASA and the WHO.',
]
