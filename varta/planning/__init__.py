"""Planning: travel times, which crew to send, and simulation of what a policy would have done."""
