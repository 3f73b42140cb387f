using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Hosting.Demo;

/// <summary>
/// Lets the demo practice live through two weeks in a moment: the real engine and the real operations, over a database of its own and on a
/// clock that is moved to now. Then all of it is carried over at once. Nothing leaves the machine.
/// </summary>
internal sealed class DemoLife(DemoCarrier carrier, StudioAddress address, ISecretProtector protector, TimeProvider clock)
{
    /// <summary>How many days it has lived, today among them: those that Home shows at first.</summary>
    public const int Days = 14;

    // what a look at the clock takes: steps then take some hundredths of a second, as they do
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>Makes it.</summary>
    /// <param name="known">The workspace, when there is one already.</param>
    /// <param name="ownerId">The id of the owner, who need not have an account yet.</param>
    /// <param name="tell">Is told of each day.</param>
    /// <param name="cancellationToken">Gives up; nothing is made then.</param>
    public async Task MakeAsync(WorkspaceRow? known, Guid ownerId, Action<string> tell, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var draft = await DemoDraft.OpenAsync(cancellationToken);
        var script = DemoScript.Of(now, DemoWorkspace.ZoneOf(known));
        await using (var practice = Practice(draft, new VirtualClock(script.Start, Look)))
        {
            var workspace = await BeginAsync(practice, known, ownerId, cancellationToken);
            await LiveAsync(practice, script, new DemoDesk(practice, ownerId, workspace), tell, cancellationToken);
            await practice.GetRequiredService<DemoWorkspace>().NoteVisitsAsync(workspace, cancellationToken);
            foreach (var environment in Enum.GetValues<StudioEnvironment>())
                await practice.GetRequiredService<IInvoicing>().MarkOverdueAsync(
                    new Tenant(workspace, environment), null, cancellationToken);
            await practice.GetRequiredService<RunDayCounting>().RunOnceAsync(cancellationToken);
        }

        await carrier.CarryAsync(draft, cancellationToken);
    }

    // what the practice has beside its runs is as of now: the appointments of this week, the invoices of before
    private async Task<Guid> BeginAsync(ServiceProvider practice, WorkspaceRow? known, Guid ownerId, CancellationToken cancellationToken)
    {
        var writer = practice.GetRequiredService<IStudioWriter>();
        var workspace = await new DemoWorkspace(writer, new IdFactory(clock), clock).EnsureAsync(known, cancellationToken);
        return await writer.WriteAsync(workspace,
            write => { WorkspaceStore.Join(write, workspace, ownerId, WorkspaceRole.Owner); return workspace; }, cancellationToken);
    }

    private static async Task LiveAsync(
        ServiceProvider practice, DemoScript script, DemoDesk desk, Action<string> tell, CancellationToken cancellationToken)
    {
        var engine = practice.GetRequiredService<SteppedEngine>();
        var day = 0;
        foreach (var moment in script.Moments)
        {
            TellUntil(moment.At);
            await engine.PassAsync(moment.At, cancellationToken);
            await moment.Do(desk, cancellationToken);
        }

        TellUntil(script.End); // early in the morning nothing of today has happened yet
        await engine.PassAsync(script.End, cancellationToken);

        void TellUntil(DateTimeOffset at)
        {
            for (; day < Days && script.BeginningOf(day) <= at; day++) tell($"Making the demo practice: day {day + 1} of {Days} …");
        }
    }

    private ServiceProvider Practice(DemoDraft draft, VirtualClock virtually) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(address).AddSingleton(protector)
        .AddStudioStorage(draft.Database)
        .AddConnectors()
        .AddSingleton<IHttpCalls, NoCalls>()
        .AddSteps()
        .AddSteppedEngine(virtually)
        .AddPractice()
        .AddOperations().AddSingleton<ControlRun>().AddSingleton<PublicInvoice>()
        .BuildServiceProvider();

    /// <summary>Whatever a workflow of the demo wants to call while it is made: nobody is called.</summary>
    private sealed class NoCalls : IHttpCalls
    {
        public Task<Answer<HttpReply>> CallAsync(Tenant tenant, HttpCall call, EffectSource source, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{call} was to be called while the demo was made.");
    }
}
