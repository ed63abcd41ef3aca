"""What proxymock costs, as ratios that hold on any machine."""
