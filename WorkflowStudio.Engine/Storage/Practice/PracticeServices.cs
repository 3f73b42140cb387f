using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Approvals;
using WorkflowStudio.Engine.Connectors.Calendars;
using WorkflowStudio.Engine.Connectors.Contacts;
using WorkflowStudio.Engine.Connectors.Invoices;
using WorkflowStudio.Engine.Connectors.Messages;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Demo;

namespace WorkflowStudio.Engine.Storage.Practice;

/// <summary>Registers the practice's own data: the embedded connectors, the page queries and the demo workspace.</summary>
public static class PracticeServices
{
    /// <summary>
    /// Needs <see cref="IStudioWriter"/>, the context factory, <see cref="StudioAddress"/> and <see cref="ISecretProtector"/> to be registered.
    /// </summary>
    public static IServiceCollection AddPracticeStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdFactory>();
        services.TryAddSingleton<CalendarRules>();
        return services
            .AddSingleton<IContacts, ContactStore>()
            .AddSingleton<ICalendar, CalendarStore>()
            .AddSingleton<IInvoicing, InvoiceLedger>()
            .AddSingleton<OutboxMessenger>()
            .AddSingleton<IMessenger>(p => p.GetRequiredService<OutboxMessenger>())
            .AddSingleton<IOutbox>(p => p.GetRequiredService<OutboxMessenger>())
            .AddSingleton<IConnections, ConnectionStore>()
            .AddSingleton<ApprovalStore>()
            .AddSingleton<IApprovals>(p => p.GetRequiredService<ApprovalStore>())
            .AddSingleton<PracticeQueries>()
            .AddSingleton<InvoiceQueries>()
            .AddSingleton<DemoWorkspace>()
            .AddSingleton<DemoCarrier>();
    }
}
