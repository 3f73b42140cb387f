using WorkflowStudio.Api;
using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Scripting;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Hosting;
using WorkflowStudio.Hosting.Commands;
using WorkflowStudio.Hosting.Telemetry;
using WorkflowStudio.Identity;
using WorkflowStudio.Mcp;
using WorkflowStudio.Operations;

if (args is [ScriptWorker.Command])
{
    ScriptWorker.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
    return 0;
}

if (CommandLine.IsCommand(args)) return await CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error);

if (StudioArguments.Refuse(args) is { } unknown) return unknown.Print(Console.Error);

var builder = WebApplication.CreateBuilder(StudioArguments.ForHost(args));
if (!StudioOptions.TryRead(builder.Configuration, builder.Environment, out var options, out var refusal))
    return refusal.Print(Console.Error);
if (!SafeRuntime.IsSafe(Environment.Version, builder.Environment, out refusal)) return refusal.Print(Console.Error);
if (ListenAddresses.RefuseUnreadable(ListenAddresses.Of(builder.Configuration)) is { } unreadable) return unreadable.Print(Console.Error);
if (!DataFolderLock.TryTake(options.DataFolder, out var folder, out refusal)) return refusal.Print(Console.Error);

using var held = folder;
builder.AddStudioWeb(options);
builder.Services
    .AddSingleton(held)
    .AddStudioHosting(options, builder.Environment)
    .AddStudioData(options, server: true)
    .AddDatabaseWatch()
    .AddSteps()
    .AddStudioEngine(options.Database)
    .AddCourier()
    .AddOperations()
    .AddApi()
    .AddMcp()
    .AddStudioIdentity()
    .AddStudioPages()
    .AddStudioTelemetry(options.Telemetry, builder.Configuration);

await using var app = builder.Build();
app.LearnTables();
app.UseStudioWeb();
app.MapHealth();
app.MapMetrics();
app.MapApi();
app.MapMcp();
app.MapSignIn();
app.MapStudioPages();

return (await app.ServeAsync(options, held))?.Print(Console.Error) ?? 0;
