namespace WorkflowStudio.Engine.Model;

/// <summary>The codes of <see cref="WorkflowProblem"/>. Stable: clients may rely on them. Listed in docs/problems.md.</summary>
public static class WorkflowProblemCodes
{
    public const string MissingName = "missing_name";
    public const string InvalidName = "invalid_name";
    public const string NameTooLong = "name_too_long";
    public const string NoSteps = "no_steps";
    public const string TooManyNodes = "too_many_nodes";
    public const string TooManyLinks = "too_many_links";
    public const string UnknownTimeZone = "unknown_time_zone";

    public const string ConcurrencyOutOfLimits = "concurrency_out_of_limits";
    public const string ExitOutOfLimits = "exit_out_of_limits";
    public const string OwnErrorWorkflow = "own_error_workflow";
    public const string UnknownWorkflow = "unknown_workflow";
    public const string WorkflowNotActive = "workflow_not_active";
    public const string NoConnection = "no_connection";

    public const string MissingTriggerType = "missing_trigger_type";
    public const string UnknownTriggerType = "unknown_trigger_type";
    public const string MissingEvent = "missing_event";
    public const string WrongEvent = "wrong_event";
    public const string WrongConstraints = "wrong_constraints";

    public const string NoIntegration = "no_integration";

    public const string StepNotAvailable = "step_not_available";
    public const string CodeNotAllowed = "code_not_allowed";

    public const string MissingNodeId = "missing_node_id";
    public const string InvalidNodeId = "invalid_node_id";
    public const string ReservedNodeId = "reserved_node_id";
    public const string DuplicateNodeId = "duplicate_node_id";
    public const string MissingNodeType = "missing_node_type";
    public const string UnknownNodeType = "unknown_node_type";
    public const string RetryOutOfLimits = "retry_out_of_limits";
    public const string TimeoutOutOfLimits = "timeout_out_of_limits";
    public const string UnreachableNode = "unreachable_node";
    public const string NothingFollowsTrigger = "nothing_follows_trigger";

    public const string DanglingLink = "dangling_link";
    public const string DuplicateLink = "duplicate_link";
    public const string SelfLink = "self_link";
    public const string LinkIntoTrigger = "link_into_trigger";
    public const string LinkAfterEnd = "link_after_end";
    public const string UnknownPort = "unknown_port";
    public const string RoundsOutOfLimits = "rounds_out_of_limits";
    public const string CycleWithoutWait = "cycle_without_wait";
    public const string BodyEntered = "body_entered";
    public const string TooDeep = "too_deep";

    public const string MissingSetting = "missing_setting";
    public const string WrongSetting = "wrong_setting";
    public const string UnknownSetting = "unknown_setting";
    public const string UnreadableTemplate = "unreadable_template";
    public const string UnknownFunction = "unknown_function";
    public const string WrongArguments = "wrong_arguments";
    public const string UnknownValue = "unknown_value";
    public const string UnknownReference = "unknown_reference";
    public const string UnknownOutput = "unknown_output";
    public const string NotUpstreamReference = "not_upstream_reference";
    public const string DisabledReference = "disabled_reference";
    public const string MaybeMissing = "maybe_missing";
    public const string WrongType = "wrong_type";
    public const string SecretInMessage = "secret_in_message";
    public const string SecretInLog = "secret_in_log";
    public const string SecretInDefinition = "secret_in_definition";

    public const string InvalidJson = "invalid_json";
    public const string DuplicateKey = "duplicate_key";
    public const string MissingField = "missing_field";
    public const string WrongField = "wrong_field";
    public const string UnknownField = "unknown_field";
}
