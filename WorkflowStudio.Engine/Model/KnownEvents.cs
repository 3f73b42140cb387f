namespace WorkflowStudio.Engine.Model;

/// <summary>
/// The events that are raised here, in the order in which a form offers them. Any other name is an event that another system sends.
/// </summary>
public static class KnownEvents
{
    public const string ContactCreated = "contact-created";
    public const string ContactUpdated = "contact-updated";
    public const string ContactMerged = "contact-merged";
    public const string PropertyCreated = "property.created";
    public const string PropertyUpdated = "property.updated";
    public const string AppointmentBooked = "appointment.booked";
    public const string AppointmentRescheduled = "appointment.rescheduled";
    public const string AppointmentCanceled = "appointment.canceled";
    public const string AppointmentUpdated = "appointment.updated";
    public const string InvoiceCreated = "invoice.created";
    public const string InvoicePaid = "invoice.paid";
    public const string InvoiceOverdue = "invoice.overdue";
    public const string InvoiceUpdated = "invoice.updated";
    public const string InvoiceVoided = "invoice.voided";
    public const string FormCreated = "form.created";
    public const string FormUpdated = "form.updated";
    public const string FormSubmitted = "form.submitted";
    public const string DocumentUploaded = "document.uploaded";
    public const string DocumentUpdated = "document.updated";
    public const string DocumentProcessed = "document.processed";
    public const string ExtractionCompleted = "extraction.completed";
    public const string MessageReceived = "message.received";
    public const string ChatMessage = "chat.message";
    public const string ConversationCreated = "conversation.created";
    public const string ConversationUpdated = "conversation.updated";
    public const string NotificationCreated = "notification.created";
    public const string NotificationRead = "notification.read";
    public const string WorkflowCompleted = "workflow.completed";
    public const string WorkflowFailed = "workflow.failed";
    public const string SequenceCompleted = "sequence-completed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownEvent> All { get; } =
    [
        new(ContactCreated, "A contact was added"),
        new(ContactUpdated, "What is known of a contact has changed"),
        new(ContactMerged, "Two contacts were made one"),
        new(PropertyCreated, "A property was added"),
        new(PropertyUpdated, "What is known of a property has changed"),
        new(AppointmentBooked, "An appointment was booked"),
        new(AppointmentRescheduled, "An appointment was moved to another time"),
        new(AppointmentCanceled, "An appointment was called off"),
        new(AppointmentUpdated, "Something else of an appointment has changed: whether the client came, or a note"),
        new(InvoiceCreated, "An invoice was made"),
        new(InvoicePaid, "An invoice was paid"),
        new(InvoiceOverdue, "An invoice became overdue"),
        new(InvoiceUpdated, "Something else of an invoice has changed: its due date, a part was paid, credited or paid back"),
        new(InvoiceVoided, "An invoice was taken back"),
        new(FormSubmitted, "Somebody has sent a form"),
        new(FormCreated, "A form was made"),
        new(FormUpdated, "A form has changed, was opened or closed"),
        new(DocumentUploaded, "A file was posted to a webhook, or put in by hand"),
        new(DocumentUpdated, "Somebody has changed what is known of a document"),
        new(DocumentProcessed, "A step of another workflow has read a document"),
        new(ExtractionCompleted, "A step of another workflow has looked for fields in a text"),
        new(MessageReceived, "A contact has written"),
        new(ChatMessage, "A contact has written (the same event, in the words of the documents API)"),
        new(ConversationCreated, "Somebody has written for the first time from a number or an address"),
        new(ConversationUpdated, "A conversation was put away or taken up again, or somebody has said whose it is"),
        new(NotificationCreated, "Somebody has told the practice something by hand or by the API"),
        new(NotificationRead, "Somebody has read a notification"),
        new(WorkflowCompleted, "A run of another workflow ended well"),
        new(WorkflowFailed, "A run of another workflow failed"),
        new(SequenceCompleted, "A run of a sequence ended well"),
    ];

    /// <summary>
    /// Whether it tells of the end of a run. Such an event starts workflows and wakes no steps: runs end all the time, and each would have
    /// to be remembered for steps that are about to wait.
    /// </summary>
    public static bool IsEndOfRun(string name) => name is WorkflowCompleted or WorkflowFailed or SequenceCompleted;

    /// <summary>
    /// Whether runs raise it by what they are made of, so that workflows that listen for it would start each other without end: a chain of
    /// them starts no workflow twice, and is neither long nor wide.
    /// </summary>
    public static bool IsOfAChain(string name) => IsEndOfRun(name) || name is DocumentProcessed or ExtractionCompleted;
}

/// <summary>An event that is raised here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="When">What has happened, for people.</param>
public sealed record KnownEvent(string Name, string When);
