using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Connections;

namespace WorkflowStudio.Engine.Practice;

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
