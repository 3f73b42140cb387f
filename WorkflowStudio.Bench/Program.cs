Console.WriteLine("usage: WorkflowStudio.Bench load [options]");
