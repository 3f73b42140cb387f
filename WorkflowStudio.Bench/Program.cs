using WorkflowStudio.Bench;

if (args is not ["load", .. var rest])
{
    Console.Error.WriteLine(LoadOptions.Usage);
    return args is ["--help"] or ["-h"] ? 0 : 2;
}

if (!LoadOptions.TryRead(rest, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var server = await ServerUnderLoad.StartAsync(options, stop.Token);
var report = await new LoadRun(options, server).RunAsync(stop.Token);
Console.WriteLine(report);
return report.Lost == 0 ? 0 : 1;
