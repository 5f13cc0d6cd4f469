"""What reading costs: time per report and component, cold start, memory."""
