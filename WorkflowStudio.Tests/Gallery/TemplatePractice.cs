using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Feed;
using WorkflowStudio.Engine.Gallery;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Properties;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Simulation;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Templates;
using WorkflowStudio.Operations.Workflows;
using WorkflowStudio.Tests.Support;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Gallery;

/// <summary>
/// The sandbox of the demo workspace, with the real engine on a clock that stands until it is moved. Nothing is connected.
/// </summary>
internal sealed class TemplatePractice : IAsyncDisposable
{
    private const int MostTurns = 60;

    private readonly TestDatabase data;
    private readonly VirtualClock clock =
        new(new DateTimeOffset(2026, 11, 24, 16, 14, 2, TimeSpan.Zero), TimeSpan.FromMilliseconds(2));
    private readonly ServiceProvider services;

    private TemplatePractice(TestDatabase data)
    {
        this.data = data;
        services = new ServiceCollection().AddLogging()
            .AddSingleton(new StudioAddress("https://studio.example.com")).AddSingleton<ISecretProtector, FakeProtector>()
            .AddStudioStorage(data.Open()).AddConnectors().AddSteps().AddSteppedEngine(clock).AddPractice().AddOperations()
            .BuildServiceProvider();
    }

    /// <summary>The owner.</summary>
    public Caller Owner { get; private set; } = null!;

    private SteppedEngine Engine => services.GetRequiredService<SteppedEngine>();

    public static async Task<TemplatePractice> MakeAsync()
    {
        var practice = new TemplatePractice(await TestStore.Sqlite.NewAsync());
        var workspace = await practice.services.GetRequiredService<DemoWorkspace>().EnsureAsync(default);
        practice.Owner = new Caller
        {
            Tenant = new Tenant(workspace, StudioEnvironment.Test), UserId = NewIds.Next(), Name = "Owner", Role = WorkspaceRole.Owner,
        };
        return practice;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Adds a home to let.</summary>
    public async Task AddHomeAsync()
    {
        var home = new Dictionary<string, object?>
        {
            ["title"] = "Two rooms at the park", ["deal"] = "rent", ["price"] = 1450m, ["bedrooms"] = 2, ["city"] = "Houston",
        };
        var homes = services.GetServices<PracticeTable>().OfType<PropertyTable>().Single();
        var added = await homes.AddAsync(Owner.Tenant, home, null, default);
        Assert.IsType<RecordOutcome.Done>(added);
    }

    /// <summary>Makes a workflow of a template as the page does, and publishes it as it is.</summary>
    public async Task<Guid> PublishAsync(WorkflowTemplate template)
    {
        var made = Sure(await Get<UseTemplate>().RunAsync(Owner, template.Id));
        Assert.Equal((WorkflowStatus.Draft, Owner.UserId), (made.Workflow.Status, made.Workflow.OwnerId));
        Sure(await Get<PublishWorkflow>().RunAsync(Owner, made.Id, made.Workflow.Revision));
        return made.Id;
    }

    /// <summary>Starts it as its trigger says, with the data of the template.</summary>
    public async Task<Guid> StartAsync(WorkflowTemplate template, Guid workflow)
    {
        var trigger = template.Definition.Trigger;
        if (trigger.Type == "manual") Sure(await Get<StartRun>().RunAsync(Owner, workflow, template.Sample, "manual"));
        else if (trigger.Type == "webhook") Sure(await Get<StartRun>().ByWebhookAsync(workflow, template.Sample));
        else if (trigger.Type == "event")
            Sure(await Get<SendEvent>().RunAsync(Owner, new NewEvent(trigger.Event!, null, template.Sample)));
        else
            await Engine.PassAsync((await Get<NextMoment>().FindAsync(default))!.At, default);
        await using var db = await Get<IDbContextFactory<StudioDbContext>>().CreateDbContextAsync();
        return await db.Runs.Where(r => r.WorkflowId == workflow).Select(r => r.Id).SingleAsync();
    }

    /// <summary>
    /// Lets time pass until the run is over. Whoever is asked for a choice answers at once with this number, and says yes to the rest if it
    /// is the first; null when nobody ever answers.
    /// </summary>
    public async Task<RunView> FinishAsync(WorkflowTemplate template, Guid run, int? choice)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            await Engine.PassAsync(clock.GetUtcNow(), default);
            var view = (await Get<RunViews>().ReadAsync(Owner.Tenant, run, default))!;
            if (view.State.Status is RunStatus.Done or RunStatus.Failed or RunStatus.Canceled) return view;
            if (choice is { } number && await AnswerAsync(template, run, view, number)) continue;
            var next = await Get<NextMoment>().FindAsync(default);
            Assert.True(next is not null, $"{template.Slug} waits for ever at {view.Header.CurrentNode}.");
            await Engine.PassAsync(next.At, default);
        }

        throw new InvalidOperationException($"{template.Slug} is not over after {MostTurns} turns.");
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await data.DisposeAsync();
    }

    private async Task<bool> AnswerAsync(WorkflowTemplate template, Guid run, RunView view, int choice)
    {
        if (Sure(await Get<Approvals>().OfRunAsync(Owner, run, default)) is [var asked, ..])
        {
            Sure(await Get<Approvals>().DecideAsync(Owner, asked.Id, approve: choice == 1, "", default));
            return true;
        }

        var waiting = template.Definition.Nodes.FirstOrDefault(n => view.Step(n.Id).Status == StepStatus.Waiting);
        if (waiting?.Type is not ("ask_choice" or "wait_for_reply")) return false;
        var sample = template.Sample.TryGetProperty("contact", out var contact) ? contact : template.Sample;
        var byMail = !sample.TryGetProperty("phone", out var phone);
        var (channel, from) = byMail ? (MessageChannel.Email, sample.GetProperty("email")) : (MessageChannel.Sms, phone);
        Sure(await Get<Messages>().ReceiveAsync(Owner, new IncomingMessage(channel, from.GetString(), null, $"{choice}"), null, default));
        return true;
    }

    private static T Sure<T>(Result<T> result)
    {
        Assert.True(result.Ok, result.Problem is OperationProblem.Invalid invalid
            ? string.Join("; ", invalid.Problems.Select(p => $"{p.Path}: {p.Message}")) : result.Problem?.Message);
        return result.Value;
    }
}
