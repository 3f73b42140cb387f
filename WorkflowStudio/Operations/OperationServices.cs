using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Connections;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Events;
using WorkflowStudio.Operations.Home;
using WorkflowStudio.Operations.Integrations;
using WorkflowStudio.Operations.Keys;
using WorkflowStudio.Operations.Practice;
using WorkflowStudio.Operations.Retention;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Schedules;
using WorkflowStudio.Operations.Templates;
using WorkflowStudio.Operations.Webhooks;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations;

/// <summary>Registers the use cases that pages, dialects and commands share.</summary>
internal static class OperationServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddAccess()
        .AddSingleton<ActiveWorkflows>().AddSingleton<DraftAuthors>()
        .AddSingleton<ConnectionUse>()
        .AddSingleton<CreateWorkflow>().AddSingleton<ListWorkflows>().AddSingleton<GetWorkflow>().AddSingleton<SaveDraft>()
        .AddSingleton<PublishWorkflow>().AddSingleton<SetWorkflowStatus>().AddSingleton<RenameWorkflow>().AddSingleton<DuplicateWorkflow>()
        .AddSingleton<DeleteWorkflow>().AddSingleton<ReadWorkflow>().AddSingleton<UpdateWorkflow>().AddSingleton<ActivateWorkflow>()
        .AddSingleton<CheckWorkflow>()
        .AddSingleton<ListDialectRuns>().AddSingleton<AwaitRun>().AddSingleton<AwaitAnswer>()
        .AddSingleton<DiscardUntouched>().AddSingleton<ReadTemplates>().AddSingleton<UseTemplate>()
        .AddSingleton<IEditWorkflow, EditWorkflow>()
        .AddSingleton<SendEvent>().AddSingleton<ReadTriggerLog>()
        .AddSingleton<StartContactRun>()
        .AddSingleton<StartRun>().AddSingleton<RepeatRun>().AddSingleton<TestDraft>().AddSingleton<ReadRun>().AddSingleton<FollowRun>()
        .AddSingleton<ReadSchedules>().AddSingleton<SwitchSchedule>().AddSingleton<FireSchedule>().AddSingleton<SetSchedule>()
        .AddSingleton<ListIntegrations>().AddSingleton<ChangeIntegrations>().AddSingleton<ReadStepLogs>()
        .AddSingleton<Contacts>().AddSingleton<Messages>()
        .AddSingleton<Approvals>().AddSingleton<Notifications>().AddSingleton<ChangeNotifications>().AddSingleton<PublicApproval>()
        .AddSingleton<ReadRetention>().AddSingleton<SetRetention>()
        .AddSingleton<PingWorkspace>().AddSingleton<ReadStepTypes>()
        .AddSingleton<ReadWorkspace>().AddSingleton<AllowCode>().AddSingleton<ReadHome>()
        .AddSingleton<ListRuns>().AddSingleton<WatchRun>().AddSingleton<WatchRuns>().AddSingleton<ControlRun>()
        .AddSingleton<TakeGatewayPost>().AddSingleton<TakePaymentPost>()
        .AddSingleton<ReadContactStory>().AddSingleton<AllowMessages>()
        .AddSingleton<ReadRecords>().AddSingleton<ChangeRecords>().AddSingleton<ExportRecords>()
        .AddSingleton<ReadForms>().AddSingleton<ChangeForms>().AddSingleton<ExportSubmissions>().AddSingleton<PublicForm>()
        .AddSingleton<ReadOutbox>().AddSingleton<DecideMessage>()
        .AddSingleton<ReadCalendar>().AddSingleton<FindFreeTimes>().AddSingleton<CalendarLinks>().AddSingleton<PublicCalendar>()
        .AddSingleton<ReadInvoices>().AddSingleton<ChangeInvoices>().AddSingleton<ExportInvoices>().AddSingleton<PublicInvoice>()
        .AddSingleton<ReadDocuments>().AddSingleton<ChangeDocuments>().AddSingleton<RemoveDocument>()
        .AddSingleton<ReadConversations>().AddSingleton<ChangeConversations>().AddSingleton<WriteMessage>()
        .AddWebhookOperations()
        .AddKeyOperations();

    private static IServiceCollection AddWebhookOperations(this IServiceCollection services) =>
        services.AddSingleton<CreateEndpoint>().AddSingleton<ListEndpoints>().AddSingleton<GetEndpoint>().AddSingleton<ChangeEndpoint>()
            .AddSingleton<RemoveEndpoint>().AddSingleton<RotateSecret>().AddSingleton<TestEndpoint>()
            .AddSingleton<ListDeliveries>().AddSingleton<ResendDelivery>()
            .AddSingleton<PostSecrets>().AddSingleton<RefusedPosts>().AddSingleton<CheckPost>();

    private static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<WorkflowAccess>().AddSingleton<RunAccess>().AddSingleton<AuditTrail>().AddSingleton<Sharing>()
        .AddSingleton<ReadAudit>().AddSingleton<ReadSharing>().AddSingleton<ShareWorkflow>().AddSingleton<SetDefaultVisibility>()
        .AddSingleton<ListMembers>().AddSingleton<ChangeMember>().AddSingleton<InviteMember>().AddSingleton<InvitationMail>()
        .AddSingleton<ListInvitations>().AddSingleton<WithdrawInvitation>().AddSingleton<JoinWorkspace>()
        .AddSingleton<MakeResetLink>()
        .AddSingleton<ListRoles>().AddSingleton<ChangeRole>();

    /// <summary>The use cases of keys alone, for commands.</summary>
    public static IServiceCollection AddKeyOperations(this IServiceCollection services) =>
        services.AddSingleton<KeyUse>().AddSingleton<KeyRing>().AddSingleton<CreateKey>().AddSingleton<ListKeys>().AddSingleton<RevokeKey>()
            .AddSingleton<SetConnection>().AddSingleton<ReadConnections>().AddSingleton<RemoveConnection>()
            .AddSingleton<TryConnection>().AddSingleton<ConnectionDraft>();
}
