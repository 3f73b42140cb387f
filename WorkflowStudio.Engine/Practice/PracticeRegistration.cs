using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Approvals;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Demo;
using WorkflowStudio.Engine.Practice.Documents;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Engine.Practice.Documents.Reading;
using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Engine.Practice.Messages;
using WorkflowStudio.Engine.Practice.Messages.Conversations;
using WorkflowStudio.Engine.Practice.Messages.Mailboxes;
using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Engine.Practice.Properties;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Practice;

/// <summary>Registers the practice: one line a feature.</summary>
public static class PracticeRegistration
{
    /// <summary>
    /// Every feature. Needs the store, events, <see cref="StudioAddress"/> and <see cref="ISecretProtector"/> to be registered.
    /// </summary>
    public static IServiceCollection AddPractice(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdFactory>();
        services.TryAddSingleton<CalendarRules>();
        return services
            .AddSingleton<ContactStore>().AddSingleton<IContacts>(p => p.GetRequiredService<ContactStore>())
            .AddSingleton<IMetContacts>(p => p.GetRequiredService<ContactStore>())
            .AddSingleton<ContactQueries>().AddSingleton<ContactBook>()
            .AddSingleton(p => new ContactMerges(p.GetRequiredService<IStudioWriter>(),
                p.GetRequiredService<IDbContextFactory<StudioDbContext>>(), p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<PlatformEvents>(), p.GetServices<IContactRows>()))
            .AddSingleton<IContactRows, ContactRows<AppointmentRow, Guid>>().AddSingleton<IContactRows, ContactRows<InvoiceRow, Guid>>()
            .AddSingleton<IContactRows, ContactRows<FormSubmissionRow, Guid?>>().AddSingleton<IContactRows, ContactRows<RunRow, Guid?>>()
            .AddSingleton<IContactRows, ContactRows<ReceivedMessageRow, Guid?>>()
            .AddSingleton<IContactRows, ContactRows<ConversationRow, Guid?>>()
            .AddSingleton<IContactRows, ContactRows<DocumentRow, Guid?>>()
            .AddSingleton<IContactRows, ContactRows<NotificationRow, Guid?>>()
            .AddSingleton<IContactChanges>(p => p.GetRequiredService<ContactBook>())
            .AddSingleton<IContactUse, CalendarContacts>().AddSingleton<IContactUse, InvoiceContacts>()
            .AddSingleton<IContactStory, CalendarStory>().AddSingleton<IContactStory, InvoiceStory>()
            .AddSingleton<IContactStory, MessageStory>()
            .AddSingleton<ICalendar, CalendarStore>().AddSingleton<CalendarQueries>().AddSingleton<CalendarFeeds>()
            .AddSingleton<IOpenTimes, OpenTimes>()
            .AddSingleton<InvoiceBooks>().AddSingleton<InvoiceBills>().AddSingleton<IInvoicing, InvoiceLedger>()
            .AddSingleton<InvoiceQueries>().AddSingleton<PaymentQueries>().AddSingleton(InvoiceDesk.Of)
            .AddSingleton<IInvoiceReminders, InvoiceReminders>().AddSingleton<IMoneyFigures, MoneyFigures>()
            .AddSingleton<IFormFigures, FormRuns>().AddSingleton<FormQueries>().AddSingleton<FormStore>().AddSingleton<FormInbox>()
            .AddSingleton<IContactStory, FormStory>()
            .AddSingleton<IApprovals, ApprovalStore>().AddSingleton<ApprovalStore>().AddSingleton<AskingRuns>()
            .AddSingleton<OutboxMessenger>().AddSingleton<IMessenger>(p => p.GetRequiredService<OutboxMessenger>())
            .AddSingleton(p => new MessageDecisions(p.GetRequiredService<IStudioWriter>(), p.GetRequiredService<OutboxMessenger>()))
            .AddSingleton<IKeptCalls, OutboxCalls>().AddSingleton<OutboxQueries>()
            .AddSingleton<ReceivedMessages>().AddSingleton<IReplies>(p => p.GetRequiredService<ReceivedMessages>())
            .AddSingleton<OptOuts>().AddSingleton<MessageDeliveries>()
            .AddSingleton<ConversationQueries>().AddSingleton<TalkMessages>().AddSingleton<ConversationDesk>()
            .AddSingleton<MailboxBook>().AddSingleton<IncomingMail>().AddSingleton<MailboxFollow>().AddSingleton<MailboxWatch>()
            .AddSingleton<MailboxTroubles>()
            .AddHostedService(p => p.GetRequiredService<MailboxWatch>())
            .AddSingleton<NotificationStore>().AddSingleton<INotifications>(p => p.GetRequiredService<NotificationStore>())
            .AddSingleton<NotificationDesk>()
            .AddSingleton<DocumentQueries>().AddSingleton<IDocuments, DocumentShelf>().AddSingleton<DocumentReader>()
            .AddSingleton<DocumentDesk>()
            .AddSingleton<RowsOfWorkflow, DocumentsOfWorkflow>().AddSingleton<RowsOfRun, DocumentsOfRun>()
            .AddSingleton<PracticeTable, ContactTable>().AddSingleton<PracticeTable, PropertyTable>()
            .AddSingleton<PracticeTable, AppointmentTable>().AddSingleton<PracticeTable, AppointmentTypeTable>()
            .AddSingleton<PracticeTable, OpeningHoursTable>()
            .AddSingleton<IProperties, PropertyStore>()
            .AddSingleton<DemoWorkspace>().AddSingleton<DemoCarrier>();
    }
}
