using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Events;

/// <summary>Registers what starts workflows by events, and what remembers it. Needs the store.</summary>
public static class EventRegistration
{
    /// <summary>Events, the trigger log, and how long either is remembered.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<PlatformEvents>()
        .AddSingleton<EndListeners>()
        .AddSingleton<IAnnouncer, RunEndEvents>()
        .AddSingleton<TriggerLog>()
        .AddSingleton<RowsOfWorkflow>(new RowsOfWorkflow<TriggerLogRow>(id => t => t.WorkflowId == id))
        .AddSingleton<AgedRows>(new AgedRows<TriggerLogRow>(TriggerLog.Age, nameof(TriggerLogRow.At)))
        .AddSingleton<AgedRows>(new AgedRows<ReceivedEventRow>(PlatformEvents.KnownFor, nameof(ReceivedEventRow.At)));
}
